"""Fed to `odoo shell`: bring the product's translation files up to date.

The last line printed is JSON: how many terms of each language are to be translated.
"""

import json

from odoo.addons.blog_ai_generator_tests import translations

print(json.dumps(translations.update(env)))  # noqa: F821
