# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_content
from . import test_generation
from . import test_llm_answer
from . import test_llm_errors
from . import test_llm_language
from . import test_llm_offline
from . import test_llm_prompt
from . import test_llm_render
from . import test_llm_transport
from . import test_llm_writer
from . import test_mail
from . import test_provider
from . import test_settings
from . import test_wizard
