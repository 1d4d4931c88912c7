# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import blog_ai_alert
from . import blog_ai_spending
from . import blog_ai_call
from . import blog_ai_provider
from . import blog_ai_generation
from . import blog_ai_generation_attempt
from . import blog_ai_generation_buttons
from . import blog_ai_review
from . import blog_ai_slot
from . import blog_ai_slot_day
from . import blog_ai_topic
from . import blog_blog
from . import blog_post
from . import blog_post_seo
from . import blog_post_social
from . import res_company
from . import res_config_settings
