# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls for which a person waits, other than for a whole article.

Each is one attempt. ``cancellation`` lets another thread end the call, and an
:class:`~.errors.LLMError` has the records of all requests in ``calls``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from .call_log import CallLog
from .completion import check_key, complete, complete_text
from .deadline import Cancellation
from .ideas import IDEAS_PROMPT_VERSION, check_ideas, ideas_prompt
from .ideas_types import Ideas
from .outline import OUTLINE_PROMPT_VERSION, check_outline, outline_prompt
from .outline_types import Outline
from .refresh import REFRESH_PROMPT_VERSION, check_refresh, refresh_prompt
from .refresh_types import Refresh
from .revision_types import Section, Titles
from .section import SECTION_PROMPT_VERSION, check_section, section_prompt
from .social import SOCIAL_PROMPT_VERSION, check_social, social_prompt
from .titles import TITLES_PROMPT_VERSION, check_titles, titles_prompt
from .types import Account, CallRecord, Prompt, Request, SocialCopy

R = TypeVar("R", bound=Request)
T = TypeVar("T")
A = TypeVar("A")


@dataclass(frozen=True)
class Proposal(Generic[R, T, A]):
    """A kind of call, which is made with a request and an account.

    :param version: of the prompt
    :param check: takes the model's text, the request and the language of the answer
    :param result: takes what the check returns, and the records of all requests
    """

    prompt: Callable[[R, int], Prompt]
    version: str
    check: Callable[[str, R, str], T]
    result: Callable[[T, tuple[CallRecord, ...]], A]

    def __call__(
        self,
        request: R,
        account: Account,
        cancellation: Cancellation | None = None,
    ) -> A:
        prompt = self.prompt(request, account.max_output_tokens)
        with CallLog(request.kind, account, self.version) as log:
            reply = log.answered(complete(prompt, account, cancellation))
            with complete_text(reply, prompt):
                found = self.check(reply.text, request, reply.language)
                check_key(f"{reply.text} {found}", account)
        return self.result(found, log.calls)


write_social = Proposal(social_prompt, SOCIAL_PROMPT_VERSION, check_social, SocialCopy)
propose_ideas = Proposal(ideas_prompt, IDEAS_PROMPT_VERSION, check_ideas, Ideas)
propose_titles = Proposal(titles_prompt, TITLES_PROMPT_VERSION, check_titles, Titles)
propose_outline = Proposal(
    outline_prompt, OUTLINE_PROMPT_VERSION, check_outline, Outline
)
rewrite_section = Proposal(
    section_prompt, SECTION_PROMPT_VERSION, check_section, Section
)
propose_refresh = Proposal(
    refresh_prompt, REFRESH_PROMPT_VERSION, check_refresh, Refresh
)
