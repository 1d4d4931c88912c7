# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A real Odoo used from outside: prefork workers, the real cron, the real websocket.

Nothing here imports Odoo: these programs run beside the server.
"""

from .client import Client as Client
from .server import LiveServer as LiveServer
from .server import Source as Source
