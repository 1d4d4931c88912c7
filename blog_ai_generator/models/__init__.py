# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import blog_ai_call
from . import blog_ai_provider
from . import blog_ai_generation
from . import blog_ai_generation_attempt
from . import blog_blog
from . import blog_post
from . import blog_post_social
from . import res_company
from . import res_config_settings
