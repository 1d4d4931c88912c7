"""Input of `odoo shell`: update the product's translation files.

The last line printed is JSON: the number of untranslated terms of each language.
"""

import json

from odoo.addons.blog_ai_generator_tests import translations

print(json.dumps(translations.update(env)))  # noqa: F821
