# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Count a text as X, Bluesky, Mastodon and LinkedIn do.

``static/src/networks`` has the same rules in JavaScript, file by file; both are tested
with ``static/tests/networks/vectors.json``.
"""

from .measure import Measure, measure, shared_link, shared_text
from .rules import RULES
from .share import share_url

__all__ = ["RULES", "Measure", "measure", "share_url", "shared_link", "shared_text"]
