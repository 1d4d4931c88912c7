# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..fields import PlainText
from ..utils import notification

MAX_LINES = 500
# One message names at most so many lines that can't be used.
MOST_NAMED = 10
# A dash is a list marker only before a blank: “-5 degrees” is a title.
BULLET = re.compile(r"^(?:[•‣▪◦●]|[-+*–—](?=\s|$))\s*")
NUMBER = re.compile(r"(\d{1,3})[.)](?:\s+|$)")


class BlogAiTopicPaste(models.TransientModel):
    """Add many topics to a queue, one per line."""

    _name = "blog.ai.topic.paste"
    _description = "Paste Topics"

    blog_id = fields.Many2one(
        "blog.blog",
        required=True,
        domain=lambda self: self.env["blog.blog"]._blog_ai_domain(),
        default=lambda self: self.env["blog.blog"]._blog_ai_default(),
    )
    lines = PlainText("Topics", required=True)
    tag_ids = fields.Many2many("blog.tag", string="Tags")
    count = fields.Integer(compute="_compute_count")

    @api.depends("lines")
    def _compute_count(self):
        for wizard in self:
            wizard.count = len(wizard._titles())

    def _titles(self) -> dict[str, int]:
        titles = {}
        for number, title in self._numbered():
            titles.setdefault(title, number)
        return titles

    def _numbered(self) -> list[tuple[int, str]]:
        lines = (" ".join(line.split()) for line in without_markers(self.lines or ""))
        return [(number, line) for number, line in enumerate(lines, 1) if line]

    def _check_titles(self, titles: dict[str, int]) -> None:
        refused = []
        for title, number in titles.items():
            try:
                self.env["blog.ai.brief.mixin"]._check_topic_text(title)
            except ValidationError as error:
                refused.append(
                    self.env._(
                        "Line %(number)s, “%(text)s”: %(reason)s",
                        number=number,
                        text=title[:80],
                        reason=str(error),
                    )
                )
        if refused:
            raise ValidationError("\n".join(refused[:MOST_NAMED]))

    def action_add(self):
        self.ensure_one()
        titles = self._titles()
        if not titles:
            raise UserError(self.env._("Paste at least one topic, one per line."))
        if len(titles) > MAX_LINES:
            raise UserError(
                self.env._(
                    "These are %(count)s topics. Paste at most %(most)s at a time, or "
                    "import a file from the list of topics.",
                    count=len(titles),
                    most=MAX_LINES,
                )
            )
        self._check_titles(titles)
        topics = self.env["blog.ai.topic"].create(self._prepare_topics(titles))
        return self._prepare_notification(topics, len(self._numbered()) - len(titles))

    def _prepare_topics(self, titles: dict[str, int]) -> list[dict]:
        first = self.env["blog.ai.topic"]._next_sequence()
        return [
            {
                "name": title,
                "blog_id": self.blog_id.id,
                "tag_ids": [fields.Command.set(self.tag_ids.ids)],
                "sequence": first + place,
            }
            for place, title in enumerate(titles)
        ]

    def _prepare_notification(self, topics, repeated: int) -> dict:
        message = self.env._("Topics added: %(count)s.", count=len(topics))
        if repeated:
            left = self.env._("Repeated lines left out: %(count)s.", count=repeated)
            message = f"{message} {left}"
        if held := len(topics.filtered("similar_to")):
            resembling = self.env._(
                "Held back because they resemble something else: %(count)s. The filter "
                "“Held back” shows them.",
                count=held,
            )
            message = f"{message} {resembling}"
        return notification(message, "warning" if held else "success")


def without_markers(text: str) -> list[str]:
    """Return the lines of a text without bullets and line numbers.

    A number at the start of a line is a line number if it is 1 or if a line has the
    number before or after it: “10. Geburtstag” alone is a title.
    """
    lines = [BULLET.sub("", line.strip()) for line in text.splitlines()]
    numbers = {int(found[1]) for found in map(NUMBER.match, lines) if found}
    return [_without_number(line, numbers) for line in lines]


def _without_number(line: str, numbers: set[int]) -> str:
    found = NUMBER.match(line)
    if not found:
        return line
    number = int(found[1])
    counts = number == 1 or {number - 1, number + 1} & numbers
    return line[found.end() :] if counts else line
