# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The body of our emails: parts for some recipients only, and the plain text."""

import re
from collections.abc import Callable, Iterator
from email.policy import Policy

from lxml import html

# Classes of elements.
FRAME = "o_blog_ai_mail"
FOR_USERS, FOR_OTHERS = "o_blog_ai_for_users", "o_blog_ai_for_others"
# Not in the plain text.
SKIPPED = "o_blog_ai_skip"
# Text whose line breaks count.
VERBATIM = "o_blog_ai_verbatim"
BLOCKS = {"div", "p", "h1", "h2", "h3", "h4", "li", "table", "tr", "ul"}
# The address of a company's page, which the recipient completes.
UNSUBSCRIBE = re.compile(r"/blog_ai/unsubscribe/(\d+)$")


class ListUnsubscribe(str):
    """The value of that header, one address in ``<…>``, for ``EmailMessage``.

    Python would encode an address that is longer than a line, which RFC 2047 forbids in
    such a header: programs that read emails then find no address.
    """

    # ``email.policy.EmailPolicy`` takes a value as it is if it has this name.
    name = "List-Unsubscribe"

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


def is_ours(body: str) -> bool:
    return f'"{FRAME}"' in body


def without(body: str, class_name: str) -> str:
    tree = html.fromstring(body)
    for element in tree.find_class(class_name):
        element.drop_tree()
    return html.tostring(tree, encoding="unicode")


def unsubscribe(body: str, rest: Callable[[int], str]) -> tuple[str, str]:
    """Complete the address of the page that ends the emails.

    :param rest: returns what follows in the address, for the id of a company
    :return: the body and the address, which is empty if the body has none
    """
    tree = html.fromstring(body)
    url = ""
    for link in tree.iter("a"):
        if found := UNSUBSCRIBE.search(link.get("href") or ""):
            url = link.get("href") + rest(int(found[1]))
            link.set("href", url)
    return html.tostring(tree, encoding="unicode"), url


def plain_text(body: str) -> str:
    """Return an email's text, each link as “label: address” on a line of its own.

    Odoo's own has a mark for each bold word, a number for each link, and the styles.
    """
    text = "".join(_parts(html.fromstring(body), False))
    lines = (line.strip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _parts(node, verbatim: bool) -> Iterator[str]:
    classes = (node.get("class") or "").split()
    if not isinstance(node.tag, str) or SKIPPED in classes or node.tag == "style":
        return
    verbatim = verbatim or VERBATIM in classes
    edge = "\n" if node.tag in BLOCKS else ""
    yield edge
    if node.tag == "a":
        yield f"\n{_labelled(node)}\n"
    elif node.tag == "br":
        yield "\n"
    else:
        yield _shown(node.text, verbatim)
        for child in node:
            yield from _parts(child, verbatim)
            yield _shown(child.tail, verbatim)
    yield edge


def _labelled(link) -> str:
    label, url = _shown(link.text_content(), False).strip(), link.get("href") or ""
    return url if label in ("", url) else f"{label}: {url}"


def _shown(text: str | None, verbatim: bool) -> str:
    return (text or "") if verbatim else re.sub(r"\s+", " ", text or "")
