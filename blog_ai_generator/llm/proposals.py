# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls for which a person waits, other than for a whole article.

Each is one attempt. ``cancellation`` lets another thread end the call, and an
:class:`~.errors.LLMError` has the records of all requests in ``calls``.
"""

from collections.abc import Callable
from typing import TypeVar

from .call_log import CallLog
from .completion import check_key, complete, complete_text
from .deadline import Cancellation
from .ideas import IDEAS_PROMPT_VERSION, check_ideas, ideas_prompt
from .ideas_types import Ideas, IdeasRequest
from .outline import OUTLINE_PROMPT_VERSION, check_outline, outline_prompt
from .outline_types import Outline, OutlineRequest
from .refresh import REFRESH_PROMPT_VERSION, check_refresh, refresh_prompt
from .refresh_types import Refresh, RefreshRequest
from .revision_types import Section, SectionRequest, Titles, TitlesRequest
from .section import SECTION_PROMPT_VERSION, check_section, section_prompt
from .social import SOCIAL_PROMPT_VERSION, check_social, social_prompt
from .titles import TITLES_PROMPT_VERSION, check_titles, titles_prompt
from .types import Account, CallRecord, Prompt, Request, SocialCopy, SocialRequest

R = TypeVar("R", bound=Request)
T = TypeVar("T")


def write_social(
    request: SocialRequest,
    account: Account,
    cancellation: Cancellation | None = None,
) -> SocialCopy:
    """Have the copy for one network written anew."""
    prompt = social_prompt(request, account.max_output_tokens)
    asking = _Asking(prompt, SOCIAL_PROMPT_VERSION, account, cancellation)
    return SocialCopy(*asking.checked(check_social, request))


def propose_ideas(
    request: IdeasRequest,
    account: Account,
    cancellation: Cancellation | None = None,
) -> Ideas:
    """Have ideas for posts proposed."""
    prompt = ideas_prompt(request, account.max_output_tokens)
    asking = _Asking(prompt, IDEAS_PROMPT_VERSION, account, cancellation)
    return Ideas(*asking.checked(check_ideas, request))


def propose_titles(
    request: TitlesRequest,
    account: Account,
    cancellation: Cancellation | None = None,
) -> Titles:
    """Have other titles proposed for a post."""
    prompt = titles_prompt(request, account.max_output_tokens)
    asking = _Asking(prompt, TITLES_PROMPT_VERSION, account, cancellation)
    return Titles(*asking.checked(check_titles, request))


def propose_outline(
    request: OutlineRequest,
    account: Account,
    cancellation: Cancellation | None = None,
) -> Outline:
    """Have the headings of an article proposed."""
    prompt = outline_prompt(request, account.max_output_tokens)
    asking = _Asking(prompt, OUTLINE_PROMPT_VERSION, account, cancellation)
    return Outline(*asking.checked(check_outline, request))


def rewrite_section(
    request: SectionRequest,
    account: Account,
    cancellation: Cancellation | None = None,
) -> Section:
    """Have one section of a post written again."""
    prompt = section_prompt(request, account.max_output_tokens)
    asking = _Asking(prompt, SECTION_PROMPT_VERSION, account, cancellation)
    return Section(*asking.checked(check_section, request))


def propose_refresh(
    request: RefreshRequest,
    account: Account,
    cancellation: Cancellation | None = None,
) -> Refresh:
    """Have a new version of an older post proposed."""
    prompt = refresh_prompt(request, account.max_output_tokens)
    asking = _Asking(prompt, REFRESH_PROMPT_VERSION, account, cancellation)
    return Refresh(*asking.checked(check_refresh, request))


class _Asking:
    def __init__(
        self,
        prompt: Prompt,
        version: str,
        account: Account,
        cancellation: Cancellation | None,
    ) -> None:
        self._prompt = prompt
        self._version = version
        self._account = account
        self._cancellation = cancellation

    def checked(
        self, check: Callable[[str, R, str], T], request: R
    ) -> tuple[T, tuple[CallRecord, ...]]:
        with CallLog(request.kind, self._account, self._version) as log:
            reply = complete(self._prompt, self._account, self._cancellation)
            log.answered(reply)
            with complete_text(reply, self._prompt):
                found = check(reply.text, request, reply.language)
                check_key(f"{reply.text} {found}", self._account)
        return found, log.calls
