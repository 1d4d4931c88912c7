# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From the queue to the providers and back, many calls at once."""

from .pump import TRIES, Claim, Ended, Failure, Pump, is_passing, not_stored
