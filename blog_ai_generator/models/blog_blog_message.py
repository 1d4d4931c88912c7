# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from odoo import models

# Context key: the messages that are posted together.
TOGETHER = "blog_ai_messages_together"
# Context key: the id of the last message that an email may refer to.
UNTIL = "blog_ai_messages_until"
# Context key: the message that a new one answers to is looked up by us.
LIGHT = "blog_ai_messages_light"
# Messages of these types are what the following ones answer to.
ANSWERED = ("comment", "email")
# Look at so many messages for one of these types, as Odoo does.
LOOKED_AT = 200


class Messages:
    """Messages that ``message_post`` prepares, to be created together.

    Odoo would look up the same things for each of them; here they are looked up once.
    """

    def __init__(self) -> None:
        self.is_preparing = True
        self.prepared: list[tuple] = []
        self.notified: list[tuple] = []
        self._known: dict[tuple, Any] = {}

    def once(self, key: tuple, look_up: Callable) -> Any:
        if key not in self._known:
            self._known[key] = look_up()
        return self._known[key]


class BlogBlog(models.Model):
    """Post several messages together: one statement creates all of them.

    ``message_post`` of Odoo and of other addons prepares each message. All are created,
    and followers are notified, once the last one is prepared.
    """

    _inherit = "blog.blog"  # pylint: disable=consider-merging-classes-inherited

    @contextmanager
    def _blog_ai_messages_together(self) -> Iterator[dict[str, Messages]]:
        """Yield the context for the ``message_post`` of several messages."""
        messages = Messages()
        yield {TOGETHER: messages}
        messages.is_preparing = False
        if not messages.prepared:
            return
        blogs = [blog for blog, _values in messages.prepared]
        created = blogs[0]._message_create([values for _, values in messages.prepared])
        posted = [*zip(blogs, created, messages.notified, strict=True)]
        self._blog_ai_chain(posted)
        # Store it in the author's name, not in that of whoever commits.
        created.flush_recordset()
        for blog, message, (values, options) in posted:
            blog._message_post_after_hook(message, values)
            blog.with_context(**{UNTIL: message.id})._notify_thread(
                message, values, **options
            )

    def _blog_ai_chain(self, posted: list[tuple]) -> None:
        """Let each message follow the one before, as if that had been created first."""
        before: dict[int, int] = {}
        for blog, message, (values, _options) in posted:
            earlier = before.get(blog.id)
            if earlier and message.parent_id.message_type not in ANSWERED:
                message.parent_id = values["parent_id"] = earlier
            before[blog.id] = message.id

    def _blog_ai_preparing(self) -> Messages | None:
        messages = self.env.context.get(TOGETHER)
        return messages if messages and messages.is_preparing else None

    def _message_create(self, values_list):
        messages = self._blog_ai_preparing()
        if not messages:
            return super()._message_create(values_list)
        messages.prepared += [(self, values) for values in values_list]
        return self.env["mail.message"]

    def _message_post_after_hook(self, message, msg_values):
        if self._blog_ai_preparing():
            return None
        return super()._message_post_after_hook(message, msg_values)

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        messages = self._blog_ai_preparing()
        if not messages:
            return super()._notify_thread(message, msg_vals, **kwargs)
        messages.notified.append((msg_vals, kwargs))
        return []

    def _message_compute_parent_id(self, parent_id):
        look_up = partial(super()._message_compute_parent_id, parent_id)
        if self._mail_flat_thread and self.env.context.get(LIGHT) and not parent_id:
            look_up = self._blog_ai_answered_id
        messages = self._blog_ai_preparing()
        if not messages:
            return look_up()
        return messages.once(("parent", self._ids, parent_id), look_up)

    def _blog_ai_answered_id(self) -> int | bool:
        """Return what Odoo returns, from one statement that reads no texts.

        Odoo asks twice, and reads the last 200 messages of the blog as a whole.
        """
        newest = self.env["mail.message"].sudo()
        newest = newest.search_fetch(
            [
                ("res_id", "=", self.id),
                ("model", "=", self._name),
                ("message_type", "!=", "user_notification"),
            ],
            ["message_type"],
            order="date desc, id desc",
            limit=LOOKED_AT,
        )
        answered = newest.filtered(lambda message: message.message_type in ANSWERED)
        return (answered or newest)[:1].id

    def _notify_get_reply_to(self, default=None, author_id=False):
        messages = self._blog_ai_preparing()
        if not messages:
            return super()._notify_get_reply_to(default, author_id)
        return messages.once(
            ("reply to", self._ids, default, author_id),
            lambda: super(BlogBlog, self)._notify_get_reply_to(default, author_id),
        )

    def _mail_get_alias_domains(self, default_company=False):
        messages = self._blog_ai_preparing()
        if not messages:
            return super()._mail_get_alias_domains(default_company)
        return messages.once(
            ("alias domains", self._ids, default_company),
            lambda: super(BlogBlog, self)._mail_get_alias_domains(default_company),
        )
