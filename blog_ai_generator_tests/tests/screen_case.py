# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A site with something on each screen and in each window of the addon."""

import json

from .. import fixtures
from .page_case import MODULE, PageCase

# All of a screen is ours that is below its menus and its search, or in a window.
SCREEN = ".o_content, .o_control_panel_main_buttons, .o-form-buttonbox, .modal-content"
# A view of this kind shows these elements once its records are there.
LOADED = {
    "form": ".o_form_renderer",
    "list": ".o_list_view :is(.o_data_row, .o_group_header, .o_view_nocontent)",
    "kanban": ".o_kanban_view :is(.o_kanban_record, .o_view_nocontent)",
    "calendar": ".o_calendar_view .fc-event",
    "pivot": ".o_pivot table",
    "graph": ".o_graph_view canvas",
}
FORM = f".modal {LOADED['form']}"
LISTS = "generation to_review refresh topic idea slot provider voice call grades budget"


class ScreenCase(PageCase):
    """Keep the actions that show what became of some posts.

    :cvar phone: whether the browser is as wide as a phone
    :ivar draft: the generation of a draft that waits for review
    :ivar translation: that of a translation that waits for review
    :ivar version: a new version that is proposed for a post
    """

    phone = False

    def fill_screens(self):
        # A window shows what the same person has asked for.
        self.env = self.env(user=self.env.ref("base.user_admin"))
        self.fill_site()
        env = self.env
        wrong = fixtures.provider(env, "Wrong key", self.llm.url, fixtures.BAD_KEY)
        self.failed = self.write_about("Fog on beans", provider_id=wrong.id)
        # The fake LLM server knows no titles.
        offline = env.ref(f"{MODULE}.provider_offline")
        pears = self.write_about("Pruning an old pear", provider_id=offline.id)
        self.settle()
        self.topic = env["blog.ai.topic"].create(
            {"name": "Late peas", "blog_id": self.slot.blog_id.id}
        )
        self.draft = self.slot.day_ids.generation_id
        self.titles = pears.action_propose_titles()
        brief = {"topic": "Snow on beans", "blog_id": self.blog.id}
        brief["provider_id"] = self.provider.id
        self.outline = env["blog.ai.write"].create(brief).action_outline()
        self.translation = self.translate(self.post)
        self.version = self.new_version()
        self.settle()

    def translate(self, post):
        """Have a post translated into French, to be reviewed."""
        generations = self.env["blog.ai.generation"].sudo()
        values = generations._prepare_translation(post, "en_US", "fr_FR")
        values |= {"provider_id": self.provider.id, "reviewer_id": self.reviewer.id}
        return generations.create(values).sudo(False)

    def new_version(self):
        section = {"number": 0, "heading": "Barrels", "count": 2, "digest": ""}
        section |= {"present": "<p>Of then.</p>", "new": "<p>Of today.</p>"}
        return (
            self.env["blog.ai.refresh"]
            .sudo()
            .create(
                {
                    "post_id": self.post.id,
                    "company_id": self.env.company.id,
                    "lang": "en_US",
                    "state": "proposed",
                    "why": "Barrels are older than they look.",
                    "sections": [section],
                }
            )
        )

    def screens(self) -> list[dict]:
        """Return what the browser opens: name, action, and what it then shows."""
        forms = {
            "generation": self.generation,
            "failed generation": self.failed,
            "review": self.draft,
            "translation": self.translation,
            "post": self.post,
            "provider": self.provider,
            "voice": self.env.ref(f"{MODULE}.voice_plain"),
            "blog": self.blog,
            "slot": self.slot,
            "topic": self.topic,
        }
        return [
            *self.windows(),
            *self.lists(),
            *(screen(f"form of a {name}", form(it)) for name, it in forms.items()),
            self.settings(),
        ]

    def retry(self) -> dict:
        # All that the window may ask: for a similar post, and for a changed voice.
        voice = self.env.ref(f"{MODULE}.voice_plain")
        self.failed.sudo().voice_version_id = voice.version_id
        return self.failed._ask_before_retry("“Fog on beans” resembles “Beans in fog”.")

    def settings(self) -> dict:
        # Odoo's page has settings of other apps, too: examine ours.
        action = "website.action_website_configuration"
        action = self.env["ir.actions.actions"]._for_xml_id(action)
        ours = ".o_settings_container:has(#blog_ai_limits)"
        return screen("settings", action, ours) | {"within": ours}

    def windows(self) -> list[dict]:
        chosen = ".modal .o_kanban_record:not(.o_kanban_ghost)"
        heading = ".o_kanban_record" if self.phone else ".o_data_row"
        shown = {
            "Write a post": (self.named("action_write"), FORM),
            "outline": (opened(self.outline), f".modal [name=heading_ids] {heading}"),
            "Choose a title": (opened(self.titles), chosen),
            "Choose a cover": (self.covers, f"{chosen} img"),
            "Choose a photo": (opened(self.photos), f"{chosen} img"),
            "old and new": (
                self.version.action_compare(),
                ".modal [name=comparison] h3",
            ),
            "sections": (self.post.action_blog_ai_rewrite_section(), chosen),
            "Approve": (self.draft.action_approve(), FORM),
            "Reject": (self.draft.action_reject(), FORM),
            "Approve a translation": (self.translation.action_approve(), FORM),
            "Reject a translation": (self.translation.action_reject(), FORM),
            "Take responsibility": (
                self.post.with_context(blog_ai_asks=True).action_blog_ai_examined(),
                FORM,
            ),
            "Retry": (self.retry(), FORM),
            "Translate": (self.post.action_blog_ai_translate(), FORM),
            "prompt": (self.generation.action_show_prompt(), FORM),
            "ideas": (self.blog.action_blog_ai_ask_ideas(), FORM),
            "Paste topics": (self.named("action_topic_paste"), FORM),
        }
        return [screen(name, *it) for name, it in shown.items()]

    def lists(self) -> list[dict]:
        views = {"calendar": "plan", "pivot": "cost_report"}
        views |= {"graph": "generation", "kanban": "generation"}
        link_here = self.post.action_blog_ai_could_link_here()
        # No other post is about the same subject.
        link_here["domain"] = [("id", "=", self.post.id)]
        return [
            *(self.list_of(it) for it in LISTS.split()),
            screen("link here", link_here, ".o_list_view [data-blog-ai=hint]"),
            *(
                screen(kind, self.named(f"action_{name}", kind), LOADED[kind])
                for kind, name in views.items()
            ),
        ]

    def list_of(self, name: str) -> dict:
        action = self.named(f"action_{name}", "list")
        # Odoo shows cards on a phone, where there are any.
        kinds = {kind for _id, kind in action["views"]}
        kind = "kanban" if self.phone and "kanban" in kinds else "list"
        return screen(f"list: {name}", action, LOADED[kind])

    def named(self, name: str, view: str = "") -> dict:
        """Return an action of the addon.

        :param view: the kind of view to begin with, another one than its first; a list
            only on a desktop
        """
        action = self.env["ir.actions.actions"]._for_xml_id(f"{MODULE}.{name}")
        action["views"].sort(key=lambda it: it[1] != view)
        if view not in ("", "list"):
            action["mobile_view_mode"] = view
        return action


def opened(action: dict) -> dict:
    """Return the window that the browser opens once a call has been answered."""
    return action["params"]["opens"]


def form(record) -> dict:
    return {
        "type": "ir.actions.act_window",
        "res_model": record._name,
        "res_id": record.id,
        "views": [(False, "form")],
    }


def screen(name: str, action: dict, shows: str = LOADED["form"]) -> dict:
    # Some words of an action are translated only when they are printed.
    action = json.loads(json.dumps(action, default=str))
    return {"name": name, "action": action, "shows": shows}
