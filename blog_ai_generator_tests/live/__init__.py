# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A real Odoo to use from outside: prefork workers, the real cron, the real websocket.

Nothing here imports Odoo: it runs in a process of its own, beside the server.
"""

from .client import Client as Client
from .server import LiveServer as LiveServer
from .server import Source as Source
