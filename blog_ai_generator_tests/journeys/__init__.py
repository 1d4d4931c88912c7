# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys: each one says what a person finds, does, and leaves behind.

A journey is declared once and run twice: by ``tests/test_tours.py`` inside
``--test-enable``, in a transaction of its own, and by ``live`` on a real server, side
by side with others. It therefore creates its own records, and finds them by their
names.
"""

from .case import CLOCK as CLOCK
from .case import FAULTS as FAULTS
from .case import HELD as HELD
from .case import MAILBOX as MAILBOX
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
from . import covers
from . import links
from . import programs
from . import label
from . import translations
from . import voice
from . import revision
from . import outline
from . import refresh
from . import mails
