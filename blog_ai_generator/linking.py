# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Choose pages to link to, and take links out of a text."""

import html
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from .llm import Link
from .llm.prompt import LINK_TITLE_LIMIT, OFFERED_LINKS
from .similar import title_of

# The most and the least pages that are offered; the newest ones of the blog fill up to
# the least.
MOST, LEAST = OFFERED_LINKS, 2
# Words that begin alike are one: “prune”, “pruning”.
STEM = 5
# A tag in common says as much as a rare word.
TAG_WEIGHT = 3.0
ENGLISH = "en_US"


class Page(NamedTuple):
    """A page that visitors see.

    :param key: model and id, as in ``blog.post,12``
    :param url: path without a language, to which Odoo adds that of the reader; empty
        for a post, which has ``slugs``
    :param website_id: 0 for all websites
    :param company_id: 0 for all companies
    :param blog_id: 0 for what is no post
    :param slugs: ids and names of blog and post, of which its path is made
    """

    key: str
    title: str
    url: str
    website_id: int = 0
    company_id: int = 0
    blog_id: int = 0
    tags: frozenset[int] = frozenset()
    slugs: tuple[tuple[int, str], ...] = ()


def title_in(names: Mapping[str, str], lang: str, written: str = "") -> str:
    """Return a title that is in a language, or "" if there is none.

    Odoo keeps the text of another language for English, too, until it is translated.

    :param names: the texts by code of language
    :param written: code of the language it was written in, if known
    """
    title = names.get(lang, "")
    if written == lang:
        return title or names.get(ENGLISH, "")
    others = [text for code, text in names.items() if code != lang]
    if written or lang == ENGLISH:
        return "" if title in others else title
    return title


def text_in(texts: Mapping[str, str] | None, lang: str) -> str:
    texts = texts or {}
    return texts.get(lang) or texts.get(ENGLISH) or ""


def ids_by_model(keys: Iterable[str]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = {}
    for key in keys:
        model, _comma, record_id = key.rpartition(",")
        ids.setdefault(model, []).append(int(record_id))
    return ids


def closest(
    pages: Iterable[Page],
    text: str,
    tags: Collection[int],
    blog_id: int = 0,
    most: int = MOST,
) -> list[Page]:
    """Return the pages that are most like a text, the closest first.

    :param pages: the newest first
    :param tags: ids of tags that go with the text
    :param blog_id: blog whose newest pages fill up; 0 for none
    """
    pages = list(pages)
    wanted, tagged = _stems(text), frozenset(tags)
    shared = [(page, wanted & _stems(page.title)) for page in pages]
    known = Counter(stem for _page, stems in shared for stem in stems)
    rarity = {stem: math.log(1 + len(pages) / count) for stem, count in known.items()}
    scored = [
        (
            sum(map(rarity.__getitem__, stems)) + TAG_WEIGHT * len(tagged & page.tags),
            page,
        )
        for page, stems in shared
        if stems or tagged & page.tags
    ]
    # Stable: among equals, the newest comes first.
    ranked = sorted(scored, key=lambda pair: -pair[0])
    alike = [page for _points, page in ranked[:most]]
    newest = [page for page in pages if blog_id and page.blog_id == blog_id]
    more = [page for page in newest if page not in alike]
    return alike + more[: max(LEAST - len(alike), 0)]


def as_links(pages: Iterable[Page]) -> tuple[Link, ...]:
    return tuple(
        Link(page.title[:LINK_TITLE_LIMIT], page.url, page.key) for page in pages
    )


@lru_cache(maxsize=2048)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in title_of(text).words)


def linked_urls(markup: str) -> set[str]:
    found = re.findall(r"<a\b[^<>]*?\bhref=\"([^\"]*)\"", markup)
    return {html.unescape(url) for url in found}


def without_links(markup: str, urls: Collection[str]) -> str:
    """Return a text whose links to ``urls`` have lost the link and kept the words."""

    def unlinked(found: re.Match) -> str:
        is_gone = html.unescape(found["url"]) in urls
        return str(found["words"] if is_gone else found[0])

    link = r"<a\b[^<>]*?\bhref=\"(?P<url>[^\"]*)\"[^<>]*>(?P<words>.*?)</a>"
    return re.sub(link, unlinked, markup, flags=re.DOTALL)
