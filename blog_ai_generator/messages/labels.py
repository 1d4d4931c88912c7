# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Names of what a code stands for: parts of an answer, and presets of providers."""

from odoo.tools import LazyTranslate

from .message import Wording

# Made when the module is loaded: there is no environment yet, and no reader.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

LABELS = {
    "field.title": Wording(_lt("Title")),
    "field.teaser": Wording(_lt("Teaser")),
    "field.seo_title": Wording(_lt("SEO title")),
    "field.seo_description": Wording(_lt("SEO description")),
    "field.keywords": Wording(_lt("Keywords")),
    "field.social": Wording(_lt("Text for %(network)s")),
    "preset.compatible": Wording(_lt("Any compatible endpoint")),
    "preset.offline": Wording(_lt("Offline (sample articles)")),
    "preset_help.openai": Wording(
        _lt(
            "Models that think need a higher output limit and a longer time limit for "
            "a call, unless their thinking is switched off."
        )
    ),
    "preset_help.gemini": Wording(
        _lt(
            "Gemini counts thinking as output: choose less thinking or a higher output "
            "limit if answers are cut off."
        )
    ),
    "preset_help.groq": Wording(
        _lt(
            "The output limit counts against the tokens a minute of your plan: the "
            "free plan refuses every request with a limit near 8,000."
        )
    ),
    "preset_help.openrouter": Wording(
        _lt(
            "One key for the models of many providers; the cost comes with each call, "
            "in US dollars."
        )
    ),
    "preset_help.azure": Wording(
        _lt(
            "Replace RESOURCE in the base URL with the name of your Azure resource. "
            "The model is the name of your deployment."
        )
    ),
    "preset_help.bedrock": Wording(
        _lt(
            "Replace REGION in the base URL with your AWS region, such as "
            "eu-central-1, and use an API key of Bedrock."
        )
    ),
    "preset_help.ollama": Wording(
        _lt(
            "Ollama runs on your own machine; pull the model there first, and start "
            "Ollama with OLLAMA_CONTEXT_LENGTH=16384: its default context is too small "
            "for long posts."
        )
    ),
    "preset_help.lmstudio": Wording(
        _lt(
            "Start the server of LM Studio and load a model there, then press “Fetch "
            "models” here."
        )
    ),
    "preset_help.vllm": Wording(
        _lt("A key is needed only if the vLLM server was started with one.")
    ),
    "preset_help.llamacpp": Wording(
        _lt(
            "Start llama-server with a context of at least 8,192 tokens for each slot "
            "(-c); a key is needed only if it was started with one."
        )
    ),
    "preset_help.compatible": Wording(
        _lt("The base URL is what comes before /chat/completions.")
    ),
    "preset_help.offline": Wording(
        _lt(
            "The offline provider needs no key and no network; it writes sample "
            "articles in English."
        )
    ),
}
