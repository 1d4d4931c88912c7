# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A site with something on each screen and in each window of the addon."""

import json

from .. import fixtures
from .page_case import MODULE, PageCase

# On a screen, all is ours that is below its menus, or in a window.
SCREEN = ".o_content, .modal-content"
# But not what Odoo draws in the same way on screens of its own: part by rule.
THEIRS = {
    "aria-allowed-attr": ".o-autocomplete--input, .o_tag, .dropdown-toggle",
    "aria-allowed-role": "article.o_kanban_record",
    "aria-required-parent": ".o_notebook .nav-link",
    "autocomplete-valid": ".o_select_menu_input",
    "button-name": ".o_optional_columns_dropdown button, .oi-panel-right",
    "color-contrast": ".text-muted, .badge, .o_datetime_picker",
    "empty-table-header": "th",
    "image-alt": ".o_avatar img",
    "label": "[id^=checkbox-comp], [id^=o_calendar_filter]",
    "label-content-name-mismatch": ".fc-day",
    "landmark-main-is-top-level": "main",
    "landmark-no-duplicate-main": "main",
    "landmark-unique": "main",
    "scrollable-region-focusable": ".modal-body",
}
LISTS = "generation to_review refresh topic idea slot provider voice call grades budget"


class ScreenCase(PageCase):
    """Keep the actions that show what became of some posts.

    :ivar draft: the generation of a draft that waits for review
    """

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
        self.settle()

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
            "post": self.post,
            "provider": self.provider,
            "voice": self.env.ref(f"{MODULE}.voice_plain"),
            "slot": self.slot,
            "topic": self.topic,
        }
        return [
            *self.windows(),
            *self.lists(),
            *(screen(f"form of a {name}", form(it)) for name, it in forms.items()),
        ]

    def windows(self) -> list[dict]:
        chosen = ".modal .o_kanban_record:not(.o_kanban_ghost)"
        shown = {
            "Write a post": (self.named("action_write"), ".modal .o_form_view"),
            "outline": (opened(self.outline), ".modal [name=heading_ids] .o_data_row"),
            "Choose a title": (opened(self.titles), chosen),
            "Choose a cover": (self.covers, f"{chosen} img"),
            "Choose a photo": (opened(self.photos), f"{chosen} img"),
            "old and new": (
                self.new_version().action_compare(),
                ".modal [name=comparison] h3",
            ),
            "sections": (self.post.action_blog_ai_rewrite_section(), chosen),
            "Approve": (self.draft.action_approve(), ".modal .o_form_view"),
            "Reject": (self.draft.action_reject(), ".modal .o_form_view"),
            "Translate": (self.post.action_blog_ai_translate(), ".modal .o_form_view"),
            "prompt": (self.generation.action_show_prompt(), ".modal .o_form_view"),
            "ideas": (self.blog.action_blog_ai_ask_ideas(), ".modal .o_form_view"),
            "Paste topics": (self.named("action_topic_paste"), ".modal .o_form_view"),
        }
        return [screen(name, *it) for name, it in shown.items()]

    def lists(self) -> list[dict]:
        return [
            *(
                screen(
                    f"list: {it}", self.named(f"action_{it}", "list"), ".o_list_view"
                )
                for it in LISTS.split()
            ),
            screen("calendar", self.named("action_plan"), ".o_calendar_view .fc-event"),
            screen("report", self.named("action_cost_report"), ".o_pivot table"),
            screen("chart", self.named("action_generation", "graph"), ".o_graph_view"),
            screen(
                "cards", self.named("action_generation", "kanban"), ".o_kanban_record"
            ),
        ]

    def named(self, name: str, view: str = "") -> dict:
        """Return an action of the addon.

        :param view: the kind of view to begin with, another one than its first
        """
        action = self.env["ir.actions.actions"]._for_xml_id(f"{MODULE}.{name}")
        action["views"].sort(key=lambda it: it[1] != view)
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


def screen(name: str, action: dict, shows: str = ".o_form_view") -> dict:
    # Some words of an action are translated only when they are printed.
    action = json.loads(json.dumps(action, default=str))
    return {"name": name, "action": action, "shows": shows}
