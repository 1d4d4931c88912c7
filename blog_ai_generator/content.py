# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Make the markup of a post from the text of a model."""

import hashlib
import re

import regex
from lxml import html
from markupsafe import Markup

from odoo.tools import html_sanitize

# The building block “Text” of Odoo's website editor. The editor can style, move and
# extend it like one that a person dropped in. On a phone, long words and addresses
# break instead of making the page wider than the screen.
SNIPPET = Markup(
    '<section class="s_text_block pt16 pb16 text-break" data-snippet="s_text_block" '
    'data-name="Text"><div class="s_allow_columns">%s</div></section>'
)
# Inserted as the editor does it: on a narrow screen, only the table scrolls.
TABLE = (
    '<div class="table-responsive"><table class="table table-bordered o_table">',
    "</table></div>",
)
# Odoo takes quotations and signatures for those of an email, and marks them.
TAG = re.compile(r"<[a-z][^<>]*>")
QUOTE = re.compile(r"\sdata-o-mail-quote(?:-node|-container)?=\"[^\"]*\"")

# The website editor adds and removes them, between tags and around links.
UNSEEN = regex.compile(r"[\s\p{Cf}]+")


def text_digest(lang: str, content: str) -> str:
    """Return the language and the SHA-256 of the words of a post.

    Markup does not count, so that a link that is taken out leaves the text unchanged.
    """
    # A comment alone is no element.
    words = html.fromstring(f"<div>{content}</div>").text_content()
    digest = hashlib.sha256(UNSEEN.sub("", words).encode())
    return f"{lang}:{digest.hexdigest()}"


def post_html(rendered: str) -> Markup:
    """Sanitize rendered Markdown and wrap it for the website editor."""
    return SNIPPET % safe_html(rendered)


def safe_html(rendered: str) -> Markup:
    """Sanitize rendered Markdown.

    ``blog.post.content`` is ``sanitize=False`` in Odoo, so that its text reaches
    visitors unchanged: this is the last gate.
    """
    safe = html_sanitize(
        rendered,
        sanitize_attributes=True,
        sanitize_style=True,
        sanitize_form=True,
        strip_style=True,
        strip_classes=True,
    )
    opened, closed = TABLE
    # Text that looks like a tag is escaped by now, so these tags are the renderer's.
    safe = TAG.sub(lambda tag: QUOTE.sub("", tag[0]), str(safe))
    safe = safe.replace("<table>", opened).replace("</table>", closed)
    return Markup(safe)
