# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Iterable

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .blog_post import EDITORS

# Topics or generations in one request; a batch of this size takes about a second.
MOST = 100


class BlogAiApi(models.AbstractModel):
    """Let other programs add topics, ask for drafts and see what became of them.

    The public methods are called over Odoo's JSON-2 with the API key of an editor,
    whose rights, companies and limits they have. They return plain JSON and never
    publish.
    """

    _name = "blog.ai.api"
    _description = "Blog AI for Other Programs"

    @api.model
    def add_topics(
        self, topics: list[str], blog: int | str = "", tags: Iterable[str] = ()
    ) -> dict:
        """Add topics to the end of a blog's queue.

        :param topics: titles, up to 100
        :param blog: id or name of the blog; the first one by default
        :param tags: names of existing tags of posts
        :return: ``topics``, each with ``id``, ``topic``, ``status`` and ``reason``: why
            a topic is held back, else empty
        """
        self._check_editor()
        titles = self._texts("topics", topics)
        shared = {"blog_id": self._blog(blog).id, "tag_ids": self._tags(tags)}
        queue = self.env["blog.ai.topic"]
        first = queue._next_sequence()
        created = queue.create(
            [
                {**shared, "name": title, "sequence": first + place}
                for place, title in enumerate(titles)
            ]
        )
        return {
            "topics": [
                {
                    "id": topic.id,
                    "topic": topic.name,
                    "status": topic.status,
                    "reason": topic.obstacle or topic.similar_to or "",
                }
                for topic in created
            ]
        }

    @api.model
    def write_draft(
        self,
        topic: str,
        blog: int | str = "",
        notes: str = "",
        keywords: str = "",
        tags: Iterable[str] = (),
        key: str = "",
        although_similar: bool = False,
    ) -> dict:
        """Have a draft written, which waits for the review of the user of the API key.

        :param topic: what to write about
        :param blog: id or name of the blog; the first one by default
        :param notes: what the post should contain
        :param keywords: separated by commas
        :param tags: names of existing tags of posts
        :param key: any text; a request that is repeated with it within a day returns
            the generation of the first one
        :param although_similar: whether to write it although it resembles a topic or
            post
        :return: the generation, as in :meth:`get_state`
        """
        self._check_editor()
        texts = {"topic": topic, "notes": notes, "keywords": keywords, "key": key}
        self._check_texts(texts)
        brief = {
            "topic": topic,
            "blog_id": self._blog(blog).id,
            "notes": notes,
            "keywords": keywords,
            "tag_ids": self._tags(tags),
            "publish": "draft",
        }
        form = self._form_of(key) or self.env["blog.ai.write"].create(
            {**brief, "key": self._own_key(key)} if key else brief
        )
        # It has none either if the generation was deleted since.
        if not form.generation_id:
            self._check_new(form, although_similar)
            form._check_can_write()
            asked = {**form._prepare_generation(), "reviewer_id": self.env.uid}
            form.generation_id = self.env["blog.ai.generation"].sudo().create(asked)
        return self._described(form.generation_id)

    @api.model
    @api.readonly
    def get_state(self, generations: list[int]) -> dict:
        """Return what became of requested drafts.

        :param generations: ids, up to 100
        :return: ``generations``, each with ``id``, ``topic``, ``state`` (queued,
            writing, done, failed, cancelled), ``review`` (none, pending, approved,
            rejected), ``error`` with what to do about it, ``cost`` (null while it is
            not known), ``currency``, ``blog``, ``requested`` in UTC, and ``post``:
            empty, or its ``id``, ``title``, ``url`` and ``is_published``
        """
        self._check_editor()
        found = self.env["blog.ai.generation"].search(
            [("id", "in", self._ids_of(generations))]
        )
        if missing := sorted({*generations} - {*found.ids}):
            raise UserError(
                self.env._(
                    "There are no generations with these ids, or they belong to "
                    "another company: %s. Use ids that “write_draft” has returned.",
                    ", ".join(map(str, missing)),
                )
            )
        ordered = found.browse(generations)
        return {"generations": [self._described(one) for one in ordered]}

    @api.model
    @api.readonly
    def list_reviews(self, limit: int = MOST) -> dict:
        """Return the drafts that wait for a review, the newest first.

        :param limit: how many, up to 100
        :return: ``reviews``, as the generations of :meth:`get_state`
        """
        self._check_editor()
        if not _is_number(limit) or not 0 < limit <= MOST:
            raise UserError(
                self.env._("“limit” must be a whole number from 1 to %s.", MOST)
            )
        waiting = self.env["blog.ai.generation"].search(
            [("review_state", "=", "pending")], limit=limit
        )
        return {"reviews": [self._described(one) for one in waiting]}

    @api.model
    def _check_editor(self) -> None:
        if not self.env.user.has_group(EDITORS):
            raise AccessError(
                self.env._(
                    "Only website editors can use Blog AI. Use the API key of a user "
                    "who may edit the website."
                )
            )

    @api.model
    def _check_new(self, wizard, although_similar: bool) -> None:
        if wizard.similar_to and not although_similar:
            raise UserError(
                self.env._(
                    "“%(topic)s” resembles %(similar)s. Send “although_similar”: true "
                    "to have it written nevertheless.",
                    topic=wizard.topic,
                    similar=wizard.similar_to,
                )
            )

    @api.model
    def _check_texts(self, texts: dict) -> None:
        for name, text in texts.items():
            if not isinstance(text, str):
                raise UserError(self.env._("“%s” must be a text.", name))

    @api.model
    def _texts(self, name: str, texts) -> list[str]:
        is_list = isinstance(texts, list) and 0 < len(texts) <= MOST
        if not is_list or not all(isinstance(text, str) for text in texts):
            raise UserError(
                self.env._(
                    "“%(name)s” must be a list of 1 to %(most)s texts.",
                    name=name,
                    most=MOST,
                )
            )
        return texts

    @api.model
    def _ids_of(self, generations) -> list[int]:
        is_list = isinstance(generations, list) and 0 < len(generations) <= MOST
        if not is_list or not all(map(_is_number, generations)):
            raise UserError(
                self.env._(
                    "“generations” must be a list of 1 to %s ids, which are whole "
                    "numbers.",
                    MOST,
                )
            )
        return generations

    @api.model
    def _blog(self, blog: int | str):
        """Return the blog of this id or name, if the user may write for it."""
        blogs = self.env["blog.blog"]
        if not blog:
            found = blogs._blog_ai_default()
        else:
            name, value = ("id", blog) if _is_number(blog) else ("name", str(blog))
            own = [*blogs._blog_ai_domain(), (name, "=", value)]
            found = blogs.search(own, limit=1)
        if not found:
            usable = blogs.search(blogs._blog_ai_domain(), limit=20)
            raise UserError(
                self.env._(
                    "There is no blog “%(blog)s” for you. You can write for: "
                    "%(blogs)s.",
                    blog=blog,
                    blogs=", ".join(usable.mapped("name")) or "–",
                )
            )
        return found

    @api.model
    def _tags(self, tags: Iterable[str]) -> list:
        names = self._texts("tags", tags) if tags else []
        found = self.env["blog.tag"].search([("name", "in", names)])
        if missing := {*names} - {*found.mapped("name")}:
            raise UserError(
                self.env._(
                    "There are no tags with these names: %s. Create them under "
                    "Website ▸ Configuration ▸ Blog ▸ Tags, or leave them out.",
                    ", ".join(sorted(missing)),
                )
            )
        return [Command.set(found.ids)]

    @api.model
    def _form_of(self, key: str):
        """Return the form of an earlier request with this key.

        If two requests arrive at the same time, Odoo repeats the later one.
        """
        forms = self.env["blog.ai.write"]
        if not key:
            return forms
        own_key = self._own_key(key)
        self.env["blog.ai.gate"].sudo()._pass_alone([("draft", own_key)])
        return forms.search([("key", "=", own_key)], limit=1)

    @api.model
    def _own_key(self, key: str) -> str:
        return f"{self.env.uid}/{key}"

    @api.model
    def _described(self, generation) -> dict:
        post = generation.post_id
        return {
            "id": generation.id,
            "topic": generation.topic,
            "state": generation.state,
            "review": generation.review_state,
            "error": generation.error or "",
            "cost": None if generation.cost is False else generation.cost,
            "currency": generation.currency_id.name,
            "blog": generation.blog_id.name,
            "requested": str(generation.queued_at.replace(microsecond=0)),
            "post": post and self._described_post(post) or {},
        }

    @api.model
    def _described_post(self, post) -> dict:
        return {
            "id": post.id,
            "title": post.name,
            "url": post.website_absolute_url,
            "is_published": post.is_published,
        }


def _is_number(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
