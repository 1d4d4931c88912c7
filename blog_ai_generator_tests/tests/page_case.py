# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A site with something on each page and in each email of the addon."""

import os
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from odoo.fields import Command

from .. import fixtures
from .common import TourCase

MODULE = "blog_ai_generator"
# Markup of ours on pages: the texts of posts, and what has a class of ours.
CLASSES = ("o_blog_ai_label", "o_blog_ai_credit", "o_blog_ai_unsubscribe")
OURS = ", ".join(
    [
        *(f".{name}" for name in CLASSES),
        ".o_wblog_post_content_field",
        'link[type="application/atom+xml"]',
        'script[type="application/ld+json"]',
    ]
)


def node_modules() -> Path:
    """Return the folder of the npm packages.

    :raise RuntimeError: it is not known
    """
    if folder := os.environ.get("NODE_PATH"):
        return Path(folder)
    raise RuntimeError(
        "NODE_PATH does not name the npm packages: run these tests with `make test`."
    )


class PageCase(TourCase):
    """Write posts, and know their pages and emails.

    :ivar post: a published one with a photo, a label and a French translation
    :ivar reviewer: of a draft of a slot
    """

    def fill_site(self):
        env = self.env
        self.blog = fixtures.named(env, "blog.blog", "Garden Notes")
        self.provider = fixtures.named(env, "blog.ai.provider", "Fake LLM")
        env.company.blog_ai_provider_id = self.provider
        env["ir.config_parameter"].set_param("web.base.url", self.base_url())
        for_now = ExitStack()
        self.addCleanup(for_now.close)
        self.path = for_now.enter_context(fixtures.second_language(env, "fr_FR"))
        for_now.enter_context(fixtures.unsplash(env, self.llm.root))
        self.reader = env["res.partner"].create(
            {"name": "Reader", "email": "reader@example.com"}
        )
        self.write_posts()
        self.add_to_post()
        self.settle()

    def write_posts(self):
        env = self.env
        self.generation = self.write_about(
            "Frost on beans",
            publish=True,
            recipient_ids=[Command.set(self.reader.ids)],
        )
        self.reviewer = fixtures.named(env, "res.users", "Vera")
        self.slot = fixtures.slot_with_topic(
            env, "Morning", "Early peas", reviewer_id=self.reviewer.id
        )
        self.slot.action_run_now()
        self.settle()
        self.post = self.generation.post_id

    def write_about(self, topic, **values):
        return (
            self.env["blog.ai.generation"]
            .sudo()
            .create(
                {
                    "topic": topic,
                    "blog_id": self.blog.id,
                    "provider_id": self.provider.id,
                    **values,
                }
            )
        )

    def add_to_post(self):
        """Choose a photo, and have the post translated."""
        env = self.env
        covers = env["blog.ai.cover"]
        self.covers = self.generation.action_choose_cover()
        self.photos = covers.search([("offers", "=", "unsplash")]).action_generate()
        french = env["res.lang"].search([("code", "=", "fr_FR")])
        env["blog.ai.translate"].create(
            {
                "post_ids": [Command.set(self.post.ids)],
                "lang_ids": [Command.set(french.ids)],
                "publish": "now",
            }
        ).action_translate()
        self.settle()
        covers.search([("credit", "!=", False)], limit=1).action_use()

    def pages(self) -> dict[str, str]:
        """Return the addresses of public pages by name."""
        blog = self.env["ir.http"]._slug(self.blog)
        token = self.env.company._blog_ai_token(self.reader.id)
        company, reader = self.env.company.id, self.reader.id
        return {
            "post": self.post.website_url,
            "post in French": f"/{self.path}{self.post.website_url}",
            "list of posts": f"/blog/{blog}",
            "unsubscribe": f"/blog_ai/unsubscribe/{company}/{reader}/{token}",
        }

    def emails(self) -> dict[str, str]:
        """Return the HTML of each kind of email, as it is sent."""
        budget = self.spent_budget()
        template = self.env.ref(f"{MODULE}.mail_template_budget")
        to = {"recipient_ids": [Command.set(self.reader.ids)]}
        mails = self.env["mail.mail"]
        found = {
            "published": mails.search([("recipient_ids", "in", self.reader.ids)]),
            "review": mails.search(
                [("recipient_ids", "in", self.reviewer.partner_id.ids)]
            ),
            "budget": mails.browse(template.send_mail(budget.id, email_values=to)),
        }
        return {
            name: mail[:1]._prepare_outgoing_list()[0]["body"]
            for name, mail in found.items()
        }

    def spent_budget(self):
        today = datetime.now()
        return self.env["blog.ai.budget"].create(
            {
                "company_id": self.env.company.id,
                "currency_id": self.env.company.currency_id.id,
                "month": today,
                "begins": today,
                "ends": today + timedelta(days=30),
                "amount": 20.0,
            }
        )
