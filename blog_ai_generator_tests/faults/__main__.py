# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import sys

from .driver import main

sys.exit(main())
