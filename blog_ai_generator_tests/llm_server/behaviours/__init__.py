# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Behaviours of the fake LLM server: one small function each.

The model's name chooses: ``good``, ``latency-2.5``, ``flaky-2``. Several are joined by
a plus sign and act from left to right: ``latency-1+hostile``. Numbers after the name
are its arguments. An API key ``as-<behaviours>`` overrides the model; it also chooses
for the list of models, where no model is named. A key that starts with ``bad`` is
refused with 401, one that starts with ``forbidden`` with 403.

Names of well-known model families (``gpt-…``, ``claude-…``) behave like ``good``; any
other unknown name is answered with the protocol's 404.
"""

from .registry import apply as apply
from .registry import examples as examples
from .registry import table as table

from . import timing
from . import refusals
from . import broken
from . import limits
from . import texts
from . import pictures
