# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What people do with the product: what each finds, does, and leaves behind.

Declared once and run twice: inside ``--test-enable`` by ``tests/test_tours.py``, in a
transaction that nobody else sees, and by ``live`` on a real server, beside each other.
So a journey has records of its own, by whose names it finds what it looks at.
"""

from .case import CLOCK as CLOCK
from .case import FAULTS as FAULTS
from .case import MAKERS as MAKERS
from .case import OTHER_WRITER as OTHER_WRITER
from .case import RESTART as RESTART
from .case import WEBSITE as WEBSITE
from .case import Case as Case
from .case import Restartable as Restartable
from .declared import JOURNEYS as JOURNEYS
from .declared import Journey as Journey

from . import posts
from . import waiting
from . import slots
from . import review
from . import social
