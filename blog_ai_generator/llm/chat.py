# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Remove what a model says to the person who asked, before and after an article."""

import re

from .chat_words import ARTICLE, HERE, OFFER, SERVICE, TITLE_LABEL, YES


def _any(
    patterns: tuple[str, ...], before: str = "", after: str = ""
) -> re.Pattern[str]:
    return re.compile(f"{before}(?:{'|'.join(patterns)}){after}", re.IGNORECASE)


_YES = _any(YES, "[\xa1\xbf]?", r"\s*[!,.:\u2013\u2014！，。、،।]")
_HERE, _ARTICLE, _OFFER, _SERVICE = map(_any, (HERE, ARTICLE, OFFER, SERVICE))
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*")
# The way to somebody who can really be asked.
_CONTACT = re.compile(r"\]\(|https?:|www\.|\w@\w|(?:\d[ /-]?){6}")
# Thoughts inside of the article.
_THOUGHTS = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>\s*", re.DOTALL)
# "(Word count: 812)", "[End of article]"
_REMARK = re.compile(
    r"\W{0,4}(?:(?:(?:approximate |total )?word count|wörter|wortanzahl|nombre de mots"
    r"|recuento de palabras|conteggio parole|字数|文字数|количество слов)\W{0,6}"
    r"[\d.,~ ]{1,8}\s?\w{0,10}|end of (?:the )?(?:article|post|blog post)"
    r"|ende des (?:artikels|beitrags)|fin de l['\u2019]article|fin del artículo"
    r")\W{0,4}",
    re.IGNORECASE,
)
_MOST_WORDS = 60


def without_chat(body: str) -> tuple[str, int]:
    """Return the article alone, with the number of paragraphs that were removed."""
    body = re.sub(r"\A([^\n#>-][^\n]*)\n(#{1,6} |```)", r"\1\n\n\2", body)
    body, removed = _THOUGHTS.subn("", body)
    blocks = re.split(r"\n[ \t]*\n+", body)
    if len(blocks) > 2 and _is_preamble(blocks[0], blocks[1]):
        del blocks[0]
        removed += 1
    removed += _remove_offers(blocks)
    if not removed:
        return body, 0
    while len(blocks) > 1 and _RULE.fullmatch(blocks[0]):
        del blocks[0]
    while len(blocks) > 1 and _RULE.fullmatch(blocks[-1]):
        del blocks[-1]
    return "\n\n".join(blocks), removed


def _remove_offers(blocks: list[str]) -> int:
    """Remove up to two offers from the end, each a paragraph or its last line."""
    removed = 0
    while len(blocks) > 2 and removed < 2:
        *lines, last = blocks[-1].rstrip().split("\n")
        if _is_offer(blocks[-1]):
            del blocks[-1]
        elif lines and _is_offer(last) and not re.match(r"\s*[>|]|\s*```", last):
            blocks[-1] = "\n".join(lines)
        else:
            break
        removed += 1
    return removed


def _is_preamble(block: str, after: str) -> bool:
    """Return whether a paragraph announces the article that begins after it."""
    if "\n" in block.strip() or len(block.split()) > _MOST_WORDS or block[:1] in "#>-":
        return False
    begins = re.match(r"\s*(?:#{1,6}\s|\*\*|-{3,}|\*{3,}|_{3,}|```)", after)
    yes = _YES.match(block)
    start = yes.end() if yes else 0
    is_about = _ARTICLE.search(block)
    here = _HERE.search(block, start, 200)
    if not here or here.start() - start > (200 if yes and is_about else 2):
        return False
    signs = bool(yes), bool(begins or TITLE_LABEL.match(after)), is_about
    return sum(map(bool, signs)) > 1


def _is_offer(block: str) -> bool:
    text = block.strip().strip("*_ ")
    if len(text.split()) > _MOST_WORDS or len(text) > 400 or _CONTACT.search(text):
        return False
    if _REMARK.fullmatch(text):
        return True
    return bool(_OFFER.match(text) and _SERVICE.search(text))
