# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_contract_aimock
from . import test_llm_server
from . import test_pump
from . import test_slots_committed
from . import test_tours
from . import test_tours_review
from . import test_tours_week
