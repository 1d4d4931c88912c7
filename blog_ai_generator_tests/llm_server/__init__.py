# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A fake LLM server for tests, in plain Python without Odoo.

``LLMServer`` is a real threaded HTTP server with the OpenAI Chat Completions and
Anthropic Messages protocols; ``behaviours`` lists what it can be asked to do. It runs
inside a test or alone: ``python blog_ai_generator_tests/llm_server --port 4010``.
"""

from .server import LLMServer as LLMServer
