# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.messages import Message, render

# Earlier default models that their providers have switched off, by preset: they refuse
# every request.
SWITCHED_OFF = {"groq": "llama-3.3-70b-versatile"}
# The output limit that every preset began with.
EARLIER_LIMIT = 8000


def migrate(cr, version):
    """Replace default models that are gone, where nobody has chosen another one."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    for key, old in SWITCHED_OFF.items():
        preset = llm.PRESETS[key]
        ours = [("preset", "=", key)]
        providers = env["blog.ai.provider"].search(ours)
        slots = [("provider_id", "in", providers.ids), ("model", "=", old)]
        env["blog.ai.slot"].search(slots).model = preset.default_model
        for provider in providers.filtered(lambda p, old=old: p.model == old):
            replace_model(provider, preset)


def replace_model(provider, preset):
    values = {"model": preset.default_model, "thinking": preset.thinking}
    if provider.max_output_tokens == EARLIER_LIMIT:
        values["max_output_tokens"] = preset.max_output_tokens
    names = {"old": provider.model, "new": preset.default_model}
    provider.write(values)
    provider.message_post(body=render(provider.env, Message("model.replaced", names)))
