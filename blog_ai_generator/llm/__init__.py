# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The writer: a request goes in, a checked article comes out.

Pure Python on top of ``requests``; nothing of Odoo is imported. ``markdown_it`` is
imported when the first article is rendered, Pillow with the first sample picture.
"""

from .deadline import Cancellation, Deadline
from .errors import ERROR_KEYS, LLMError
from .ideas_types import Idea, Ideas, IdeasRequest
from .language import language_name
from .notes import FIELDS, NOTES
from .picture import MOST_PICTURE_TOKENS, PICTURE_TOKENS
from .picture_types import PictureRequest, Pictures
from .presets import PRESETS, Preset
from .outline_types import Outline, OutlineRequest
from .prices import ListPrice, list_price
from .prompt import PROMPT_VERSION, article_prompt
from .protocols import PROTOCOLS, Adapter, HttpAdapter, register
from .types import (
    ANSWER_FORMATS,
    RESERVED_OPTIONS,
    THINKING,
    Account,
    Answer,
    Article,
    ArticleRequest,
    CallRecord,
    Connection,
    Link,
    ModelInfo,
    ModelList,
    Note,
    Prompt,
    Refusal,
    Reply,
    SocialCopy,
    SocialRequest,
    Usage,
)
from .translation import digest, translation_prompt
from .translation_types import Translated, Translation, TranslationRequest
from .truncation import next_account
from .refresh_types import PresentSection, Refresh, RefreshRequest, Renewal
from .revision_types import Section, SectionRequest, Titles, TitlesRequest
from .shown import Shown, shown, shown_translation
from .tokens import estimated_tokens
from .voice import POINTS_OF_VIEW, VOICE_TOKENS, Term, Voice, voice_text
from .proposals import (
    propose_ideas,
    propose_outline,
    propose_refresh,
    propose_titles,
    rewrite_section,
    write_social,
)
from .writer import (
    PROMPT_VERSIONS,
    Unchecked,
    check_connection,
    list_models,
    make_pictures,
    request_article,
    request_translation,
    translate,
    write,
)

__all__ = [
    "ANSWER_FORMATS",
    "ERROR_KEYS",
    "FIELDS",
    "NOTES",
    "PRESETS",
    "PROMPT_VERSION",
    "PROMPT_VERSIONS",
    "PROTOCOLS",
    "RESERVED_OPTIONS",
    "THINKING",
    "Account",
    "Adapter",
    "Answer",
    "Article",
    "ArticleRequest",
    "CallRecord",
    "Cancellation",
    "Connection",
    "Deadline",
    "HttpAdapter",
    "Idea",
    "Ideas",
    "IdeasRequest",
    "LLMError",
    "Link",
    "ListPrice",
    "MOST_PICTURE_TOKENS",
    "ModelInfo",
    "ModelList",
    "Note",
    "Outline",
    "OutlineRequest",
    "PICTURE_TOKENS",
    "POINTS_OF_VIEW",
    "PictureRequest",
    "Pictures",
    "PresentSection",
    "Preset",
    "Prompt",
    "Refresh",
    "RefreshRequest",
    "Refusal",
    "Renewal",
    "Reply",
    "Section",
    "SectionRequest",
    "Shown",
    "SocialCopy",
    "SocialRequest",
    "Term",
    "Titles",
    "TitlesRequest",
    "Unchecked",
    "Translated",
    "Translation",
    "TranslationRequest",
    "Usage",
    "VOICE_TOKENS",
    "Voice",
    "article_prompt",
    "check_connection",
    "estimated_tokens",
    "digest",
    "language_name",
    "list_models",
    "list_price",
    "make_pictures",
    "next_account",
    "propose_ideas",
    "propose_outline",
    "propose_refresh",
    "propose_titles",
    "register",
    "request_article",
    "request_translation",
    "rewrite_section",
    "shown",
    "shown_translation",
    "voice_text",
    "translate",
    "translation_prompt",
    "write",
    "write_social",
]
