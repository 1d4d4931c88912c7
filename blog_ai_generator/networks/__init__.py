# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How long a text is for X, Bluesky, Mastodon and LinkedIn.

``static/src/networks`` says the same in JavaScript, file by file; both are held to
``static/tests/networks/vectors.json``.
"""

from .measure import Measure, measure, shared_text
from .rules import RULES
