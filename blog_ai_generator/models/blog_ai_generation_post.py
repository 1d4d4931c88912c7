# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Any, NamedTuple

from odoo import api, fields, models

from ..attempt import Attempt
from ..content import post_html, text_digest
from ..database import database_hold
from ..llm import Article
from ..messages import Message, as_json, note_message

# Values of a post that may not appear automatically.
DRAFT = MappingProxyType({"publish": False, "review_state": "pending"})


class Shared(NamedTuple):
    """Values that posts created together have in common.

    :param author: the ``res.users`` in whose name they are created
    :param emails_refused: why they are stored without emails; else empty
    """

    author: Any
    lang: str
    company: Any
    emails_refused: str

    @classmethod
    def of(cls, attempt: Attempt) -> "Shared":
        generation = attempt.generation
        return cls(
            generation.user_id or generation.env.user,
            generation.lang,
            generation.company_id,
            attempt.outcome.emails_refused,
        )


class BlogAiGenerationPost(models.Model):
    """The posts of answers, created in the transaction that ends the generations."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _set_state_done(self, attempts: Sequence[Attempt]) -> None:
        """Create the posts of answers, and notify those who wait for them.

        If emails are refused, the reviewer has an activity and nobody else is notified.
        """
        notes = self._keep_in_other_language(attempts)
        for generation_id, reasons in self._hold_back(attempts).items():
            notes.setdefault(generation_id, []).extend(reasons)
        attempts = self._without_gone_links(attempts, notes)
        created, values = [], {}
        # Answers keep their order, which is that of the posts on the website.
        # pylint: disable-next=bad-builtin-groupby
        for shared, group in groupby(attempts, Shared.of):
            posts, values_of = self._create_posts(shared, [*group], notes)
            created.append((posts, shared.emails_refused))
            values.update(values_of)
        generations = attempts[0].generation.browse(values)
        generations._set_state_ended("done", values, **self._prepare_no_error())
        # First: each NOTIFY after the commit takes a connection of its own, and
        # somebody looks at the form.
        generations._notify_updated()
        for posts, refused in created:
            if not refused:
                posts._blog_ai_tell_recipients()
            self._ask_for_review(posts, email=not refused)

    @api.model
    def _create_posts(
        self, shared: Shared, attempts: Sequence[Attempt], notes: dict[int, list]
    ) -> tuple:
        """Create posts in the name of their author.

        :param notes: about a post that is held back, by the id of its generation
        :return: the posts, and further values of each generation by its id
        """
        articles = {a.generation.id: a.outcome.answer.article for a in attempts}
        generations = attempts[0].generation.browse(articles)
        generations._fetch_partners(shared.author)
        model = generations.env["blog.post"].with_user(shared.author).sudo()
        model = model.with_context(
            lang=shared.lang,
            allowed_company_ids=shared.company.ids,
            tz=shared.author.tz,
        )
        posts = model._blog_ai_create(
            [one._prepare_post(articles[one.id]) for one in generations]
        )
        on_covers = self._create_covers(posts, attempts)
        if not shared.emails_refused:
            posts._blog_ai_tell_followers()
        refused = [Message("note.emails_refused")] if shared.emails_refused else []
        values = {}
        for attempt, post in zip(attempts, posts, strict=True):
            generation = attempt.generation
            repairs = map(note_message, articles[generation.id].repairs)
            held_back = notes.get(generation.id, ())
            cut = post.social_ids._shorten()
            undrawn = on_covers[generation.id]
            values[generation.id] = {
                "repair_notes": [
                    as_json(note)
                    for note in (*held_back, *undrawn, *refused, *repairs, *cut)
                ],
                "error_detail": shared.emails_refused or False,
                **generation._prepare_review(),
                **self._prepare_linked_pages(attempt),
                **self._prepare_prompt_sent(attempt),
            }
        # Store them in the author's name, not in that of whoever commits.
        posts.flush_recordset()
        return posts, values

    @api.model
    def _keep_in_other_language(
        self, attempts: Sequence[Attempt]
    ) -> dict[int, list[Message]]:
        """Keep what is paid for as drafts if its language was switched off meanwhile.

        Odoo stores no text in such a language: the draft is one of the blog's default
        language.

        :return: a note by the id of the generation
        """
        notes = {}
        for generation in (attempt.generation for attempt in attempts):
            if generation._lang_obstacle(generation.lang):
                note = Message("note.language_off", {"language": generation.lang})
                notes[generation.id] = [note]
                lang = generation.blog_id._blog_ai_lang()
                generation.write({"lang": lang, **DRAFT})
        return notes

    @api.model
    def _hold_back(self, attempts: Sequence[Attempt]) -> dict[int, list[Message]]:
        """Publish no post automatically in a copy of a database, or a title twice.

        Nor one with a placeholder, on which the writer has made a note.

        :return: further notes by the id of the generation
        """
        hold, notes = database_hold(self.env), {}
        taken = self._titles_taken(attempts)
        for attempt in attempts:
            generation, article = attempt.generation, attempt.outcome.answer.article
            title = (generation.blog_id.id, article.title.lower())
            if generation.publish:
                reason = "note.same_title" if title in taken else ""
                reason = "note.database_copy" if hold else reason
                if reason or _has_placeholder(article):
                    generation.write({**DRAFT})
                    notes[generation.id] = [Message(reason)] if reason else []
            taken.add(title)
        return notes

    @api.model
    def _titles_taken(self, attempts: Sequence[Attempt]) -> set[tuple[int, str]]:
        """Return titles of answers that another post has already.

        :return: ids of blogs, and titles in lower case
        """
        titles: dict[tuple, list[str]] = {}
        for attempt in attempts:
            generation = attempt.generation
            if generation.publish:
                title = attempt.outcome.answer.article.title
                place = generation.blog_id, generation.lang
                titles.setdefault(place, []).append(title)
        return {
            (blog.id, title.lower())
            for (blog, lang), asked in titles.items()
            for title in blog._blog_ai_titles_in_use(asked, lang)
        }

    def _fetch_partners(self, author) -> None:
        partners = author.partner_id
        published = self.filtered("publish")
        # Leaving out the archived ones reads them, so that comes later.
        recipients = published.with_context(active_test=False).recipient_ids
        partners |= recipients | published.company_id.partner_id | published.author_id
        partners.mapped("name")

    def _prepare_post(self, article: Article) -> dict:
        content = post_html(article.body_html)
        digest = text_digest(self.lang, content)
        return {
            "name": article.title,
            "subtitle": article.teaser,
            "teaser_manual": article.teaser,
            "content": content,
            "blog_id": self.blog_id.id,
            "tag_ids": [fields.Command.set(self.tag_ids.ids)],
            "website_meta_title": article.seo_title,
            "website_meta_description": article.seo_description,
            "website_meta_keywords": ", ".join(article.seo_keywords),
            "blog_ai_generation_id": self.id,
            "blog_ai_written_hash": digest,
            "blog_ai_text_hash": digest,
            "author_id": (
                self.author_id or (self.user_id or self.company_id).partner_id
            ).id,
            "is_published": self.publish,
            "published_date": self.publish and fields.Datetime.now(),
            "social_ids": [
                fields.Command.create({"network": network, "text": text})
                for network, text in article.social.items()
            ],
        }


def _has_placeholder(article: Article) -> bool:
    return any(getattr(note, "code", "") == "placeholder" for note in article.repairs)
