# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import blog_ai_approve
from . import blog_ai_cover
from . import blog_ai_examine
from . import blog_ai_ideas
from . import blog_ai_prompt
from . import blog_ai_reject
from . import blog_ai_retry
from . import blog_ai_section
from . import blog_ai_title
from . import blog_ai_topic_paste
from . import blog_ai_translate
from . import blog_ai_write
from . import blog_ai_write_heading
from . import blog_ai_write_outline
