# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from contextlib import contextmanager

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pump import Answered, Limits

from .common import BlogAiCase

MANY = 16
# Models that a store creates or changes; only these have an order of their own.
ORDERED = ("blog.ai.call", "blog.ai.generation", "blog.post", "blog.post.social")
MODELS = (
    *ORDERED,
    "blog.ai.budget",
    "blog.ai.slot.day",
    "blog.ai.topic",
    "mail.activity",
    "mail.followers",
    "mail.mail",
    "mail.message",
    "mail.notification",
)
# Random, times, or the number of a new record.
LEFT_OUT = {
    "access_token",
    "code",
    "duration",
    "id",
    "message_id",
    "milliseconds",
    "res_id",
}
# Plain, or encoded in the address of a network.
SHORT_LINK = re.compile(r"(/r/|%2Fr%2F)\w+")
MESSAGE_ID = re.compile(r"<[\d.]+-openerp-[^>]+>")
# Ids in the address of a post, and in links to its form.
NEW_ID = re.compile(r"(?<=-)\d+\b|(?<=/)\d+\b")


@tagged("post_install", "-at_install")
class TestStoreBatch(BlogAiCase):
    """Answers that are stored together become what they would become one by one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.follower = cls.env["res.partner"].create(
            {"name": "Follower", "email": "follower@example.com"}
        )
        published = cls.env.ref("website_blog.mt_blog_blog_published")
        cls.blog.message_subscribe(cls.follower.ids, published.ids)
        cls.reviewer = cls.new_editor("batch-reviewer", email="reviewer@example.com")
        cls.tag = cls.env["blog.tag"].create({"name": "Batch tag"})

    def generations(self, count=MANY, **values):
        """Ask for posts of every kind, in turn: published, drafts, to review."""
        topic = self.env["blog.ai.topic"].create(
            {"name": "Topic of a batch", "blog_id": self.blog.id}
        )
        kinds = (
            {"publish": True, "recipient_ids": [(6, 0, self.reader.ids)]},
            {"publish": True, "user_id": self.writer.id, "topic_id": topic.id},
            {"tag_ids": [(6, 0, self.tag.ids)], "author_id": self.reader.id},
            {"reviewer_id": self.reviewer.id, "user_id": False},
        )
        asked = [
            self.ask(f"Lemons of kind {n}", **{**kinds[n // 2 % len(kinds)], **values})
            for n in range(count)
        ]
        return self.env["blog.ai.generation"].concat(*asked)

    def answers(self, generations) -> list:
        self.env.flush_all()
        limits = Limits.of(self.env)._replace(width=64)
        claims = generations._claim(len(generations), limits, generations.ids)
        self.assertEqual(len(claims), len(generations))
        self.env.invalidate_all()
        return [
            Answered(claim, llm.write(claim.request, claim.account)) for claim in claims
        ]

    @contextmanager
    def undone(self):
        """Undo the block."""
        with self.env.cr.savepoint() as savepoint:
            yield
            self.env.flush_all()
            savepoint.rollback()
        self.env.invalidate_all()

    def dump(self, known: dict[str, list[int]]) -> dict[str, list[dict]]:
        """Return all stored fields of new rows, without ids and times.

        :param known: ids of the rows that are left out, by model
        """
        self.env.flush_all()
        self.env.invalidate_all()
        found = {}
        for model in MODELS:
            records = self.env[model].sudo().with_context(active_test=False)
            new = records.search([("id", "not in", known.get(model, []))], order="id")
            for place, record in enumerate(new):
                # Messages are created in another order, but have different subjects.
                name = f"#{place}" if model in ORDERED else "#"
                subject = "subject" in new._fields and record.subject
                self.names[model, record.id] = subject or name
            found[model] = new
        dumps = {name: [*map(self.plain, new)] for name, new in found.items()}
        for model in MODELS:
            if model not in ORDERED:
                dumps[model].sort(key=repr)
        return dumps

    def plain(self, record) -> dict:
        values = {}
        for name, field in sorted(record._fields.items()):
            if field.store and name not in LEFT_OUT and "date" not in field.type:
                values[name] = self.plain_value(record[name], field)
        return values

    def plain_value(self, value, field):
        if field.relational:
            keys = [(value._name, id_) for id_ in value.ids]
            return [self.names.get(key, key[1]) for key in keys]
        if not isinstance(value, str):
            return value
        value = SHORT_LINK.sub("/r/#", MESSAGE_ID.sub("<#>", value))
        return NEW_ID.sub("#", value)

    def known(self) -> dict[str, list[int]]:
        return {
            model: self.env[model].with_context(active_test=False).search([]).ids
            for model in MODELS
            if model not in ("blog.ai.call", "blog.ai.generation", "blog.ai.topic")
        }

    def setUp(self):
        super().setUp()
        # New records by what they are called in a dump.
        self.names = {}
        self.maxDiff = None

    def test_sixteen_posts_are_the_same_in_a_batch_as_one_by_one(self):
        known = self.known()
        generations = self.generations()
        answers = self.answers(generations)
        with self.undone():
            for answer in answers:
                generations._store(answer)
            singly = self.dump(known)
        generations._store(*answers)
        together = self.dump(known)
        for model in MODELS:
            with self.subTest(model):
                self.assertEqual(together[model], singly[model])
        self.assertEqual(len(together["blog.post"]), MANY)
        self.assertEqual(len(together["mail.activity"]), MANY // 4)
        self.assertEqual(len(together["mail.mail"]), MANY)
