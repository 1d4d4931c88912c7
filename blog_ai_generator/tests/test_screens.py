# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ast import literal_eval

from lxml import etree

from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common import BlogAiCase

GENERATION, CALL, SLOT = "blog.ai.generation", "blog.ai.call", "blog.ai.slot"
TOPIC, DAY = "blog.ai.topic", "blog.ai.slot.day"
BADGES = ["state", "post_status_note", "remark"]


@tagged("post_install", "-at_install")
class TestScreens(BlogAiCase):
    """Lists, cards and forms on small screens."""

    def arch(self, model, kind):
        return etree.fromstring(self.env[model].get_view(view_type=kind)["arch"])

    def fields(self, model, kind, name):
        return self.arch(model, kind).xpath(f"//field[@name='{name}']")

    def test_a_list_tells_a_translation_from_its_post(self):
        """They have the same title. Where all languages are the same, it is hidden."""
        names = [field.get("name") for field in self.arch(GENERATION, "list")]
        self.assertEqual(names[names.index("topic") + 1], "lang")
        (lang,) = self.fields(GENERATION, "list", "lang")
        self.assertEqual(lang.get("optional"), "show")
        self.assertEqual(lang.get("class"), "blog_ai_varied")

    def test_a_list_of_generations_has_room_for_names_of_usual_length(self):
        """Fixed widths are not cut; the title has what they leave."""
        columns = {field.get("name"): field for field in self.arch(GENERATION, "list")}
        widths = {"lang": 130, "remark": 140, "user_id": 130, "provider_id": 115}
        for name, width in widths.items():
            self.assertEqual(columns[name].get("width"), f"{width}px", name)
        # Nearly always, all rows have one attempt.
        self.assertGreaterEqual(self.room(GENERATION, 1366, ["attempts"]), 0)
        # A column that says nothing takes no room.
        self.assertIn("blog_ai_repeated", columns["attempts"].get("class"))
        self.assertIn("blog_ai_filled", columns["remark"].get("class"))
        self.assertEqual(columns["currency_id"].get("optional"), "hide")
        self.assertIn("currency_id", columns["cost"].get("options"))

    def test_the_form_of_a_post_leads_to_all_that_changes_it(self):
        arch = self.arch("blog.post", "form")
        buttons = {}
        for name in ("rewrite_section", "propose_titles", "choose_cover"):
            (buttons[name],) = arch.xpath(f"//button[@name='action_blog_ai_{name}']")
        # One row, which only posts with a generation of ours have.
        (row,) = {button.getparent() for button in buttons.values()}
        self.assertEqual(row.get("invisible"), "not blog_ai_generation_is_ours")
        for name in ("propose_titles", "choose_cover"):
            self.assertEqual(buttons[name].get("invisible"), "not active")

    def test_a_draft_has_no_publishing_date_that_nobody_gave_it(self):
        """Odoo takes the moment when it was written for one."""
        for published, shown in ((False, "published_date"), (True, "post_date")):
            values = {"is_published": published}
            seen = [
                name
                for name in ("published_date", "post_date")
                for field in self.fields("blog.post", "form", name)
                if not safe_eval(field.get("invisible"), dict(values))
            ]
            self.assertEqual(seen, [shown])
        (empty,) = self.fields("blog.post", "form", "published_date")
        self.assertEqual(empty.get("string"), "Publishing date")

    def test_a_list_of_topics_gives_its_titles_the_room_of_what_is_empty(self):
        (similar,) = self.fields(TOPIC, "list", "similar_to")
        self.assertEqual(similar.get("class"), "blog_ai_filled")
        (title,) = self.fields(TOPIC, "list", "name")
        self.assertEqual(
            literal_eval(title.get("options")), {"least": 250, "most": 600}
        )

    def test_the_name_of_a_slot_is_text_and_its_own_one_a_field_to_fill(self):
        (name,) = self.fields(SLOT, "form", "name")
        self.assertEqual(name.get("readonly"), "1")
        self.assertFalse(name.get("invisible"))
        # An empty heading is none for screen readers.
        self.assertEqual(name.getparent().get("invisible"), "not name")
        (own,) = self.fields(SLOT, "form", "own_name")
        # A name there would look as if somebody had still to confirm it.
        self.assertNotIn("placeholder_field", own.get("options", ""))
        self.assertIn("Leave empty", own.get("placeholder"))

    def test_a_list_a_form_and_a_card_say_why_a_slot_is_overdue(self):
        name = "overdue_note"
        (column,) = self.fields(SLOT, "list", name)
        self.assertEqual(column.get("optional"), "show")
        self.assertFalse({"invisible", "column_invisible"} & {*column.keys()})
        for kind in ("form", "kanban"):
            with self.subTest(kind):
                (note,) = self.fields(SLOT, kind, name)
                parts = [note, *note.iterancestors()]
                hidden = {part.get("invisible") for part in parts} - {None}
                self.assertEqual(hidden, {f"not {name}"})

    def test_what_no_limit_is_can_be_read_where_a_limit_is_entered(self):
        for model, name, text in (
            ("blog.blog", "blog_ai_budget", "0: only the company's budget counts"),
            ("blog.ai.budget", "amount", "0: no limit"),
        ):
            with self.subTest(model):
                (field,) = self.fields(model, "form", name)
                self.assertIn(text, " ".join(field.getparent().itertext()))
        form = self.arch("res.config.settings", "form")
        (budget,) = form.xpath("//setting[@id='blog_ai_budget']")
        self.assertIn("0: no limit", budget.get("help"))
        for name, text in (
            ("blog_ai_keep_calls_days", "0: forever"),
            ("blog_ai_posts_per_hour", "0: no limit"),
        ):
            (label,) = form.xpath(f"//label[@for='{name}']")
            self.assertIn(text, label.get("string"))

    def test_the_form_of_a_blog_has_a_heading_for_each_kind_of_setting(self):
        form = self.arch("blog.blog", "form")
        headings = ["Writing posts", "Covers", "AI label", "Links and emails"]
        groups = form.xpath("//group[@string]")
        self.assertEqual([group.get("string") for group in groups], headings)
        # Odoo draws groups that lie in a group beside each other, or below on a phone.
        (around,) = {group.getparent() for group in groups}
        self.assertEqual(around.tag, "group")
        ours = form.xpath("//field[starts-with(@name, 'blog_ai_')]")
        outside = [
            field.get("name")
            for field in ours
            if not field.xpath("ancestor::group[@string] | ancestor::div[@name]")
        ]
        self.assertGreater(len(ours), 15)
        self.assertFalse(outside)

    def test_a_label_of_several_words_takes_two_lines_in_a_list(self):
        (tab,) = self.arch(GENERATION, "form").xpath("//list/field[@name='outcome']")
        (outcome,) = self.fields(CALL, "list", "outcome")
        for column in (tab, outcome):
            self.assertEqual(column.get("class"), "blog_ai_wrapped")
            self.assertEqual(column.get("width"), "120px")
        (remark,) = self.fields(GENERATION, "list", "remark")
        self.assertIn("blog_ai_wrapped", remark.get("class"))

    def test_the_columns_of_the_calls_fit_a_small_desktop(self):
        """1280 px, less the boxes to select and the button for optional columns."""
        self.assertGreaterEqual(self.room(CALL, 1280), 0)

    def room(self, model, screen, unusual=()):
        """Return the pixels that the columns leave, or less than 0."""
        room, padding = screen - 45 - 35, 9
        least = {"char": 80, "many2one": 80, "float": 93, "integer": 71}
        fields = self.env[model]._fields
        for field in self.arch(model, "list").xpath("./field[not(@column_invisible)]"):
            name = field.get("name")
            if field.get("optional") != "hide" and name not in unusual:
                options = literal_eval(field.get("options", "{}"))
                width = field.get("width", "").removesuffix("px")
                width = width or options.get("least")
                room -= int(width or least[fields[name].type])
                room -= padding
        return room

    def test_a_call_that_failed_names_the_model_that_was_asked(self):
        call = self.env[CALL].create({"model": "gpt-5", "outcome": "timeout"})
        self.assertEqual(call.model_used, "gpt-5")
        call.model_answered = "gpt-5-2026"
        self.assertEqual(call.model_used, "gpt-5-2026")
        for kind in ("list", "kanban"):
            with self.subTest(kind):
                self.assertTrue(self.fields(CALL, kind, "model_used"))
                self.assertFalse(self.fields(CALL, kind, "model_answered"))
        self.assertTrue(
            self.arch(GENERATION, "form").xpath("//list/field[@name='model_used']")
        )

    def test_a_second_tap_on_a_button_of_a_card_opens_no_record(self):
        """Odoo disables a button while it works: what is behind it gets the tap."""
        models = ("blog.post", TOPIC, SLOT, GENERATION)
        kanbans = [("type", "=", "kanban"), ("model", "in", models)]
        views = self.env["ir.ui.view"].search(kanbans)
        buttons = "//t[@t-name='card']//button[@type='object']"
        found = []
        for view in views.filtered(lambda it: it.xml_id.startswith("blog_ai_gen")):
            found += etree.fromstring(view.arch).xpath(buttons)
        self.assertGreaterEqual(len(found), 6)
        for button in found:
            with self.subTest(button.get("name")):
                behind = button.getparent().get("class", "")
                self.assertIn("oe_kanban_action", behind)

    def test_a_card_has_the_badges_of_the_list(self):
        def badges(kind):
            found = self.arch(GENERATION, kind).xpath("//field[@widget='badge']")
            return [
                {
                    name: value
                    for name, value in badge.items()
                    if name == "name" or name.startswith("decoration-")
                }
                for badge in found
            ]

        self.assertEqual([badge["name"] for badge in badges("list")], BADGES)
        self.assertEqual(badges("kanban"), badges("list"))

    def test_a_new_slot_begins_with_its_blog(self):
        (blog,) = self.fields(SLOT, "form", "blog_id")
        self.assertEqual(blog.get("placeholder"), "Choose a blog")
        self.assertEqual(blog.get("default_focus"), "1")

    def test_a_list_of_generations_says_when_and_sums_the_cost(self):
        (asked,) = self.fields(GENERATION, "list", "create_date")
        self.assertEqual(asked.get("optional"), "show")
        (cost,) = self.fields(GENERATION, "list", "cost")
        self.assertEqual((cost.get("optional"), cost.get("sum")), ("show", "Cost"))

    def test_a_screen_offers_the_post_once(self):
        form = self.arch(GENERATION, "form")
        # A phone shows the first button of the header and has a menu for the others.
        self.assertEqual(form.xpath("//header/button/@name")[0], "action_open_post")
        done = form.xpath("//div[@data-blog-ai='done']//button/@name")
        self.assertIn("action_open_social", done)
        self.assertNotIn("action_open_post", done)

    def test_the_button_of_the_social_copy_opens_its_page(self):
        view = self.env.ref("blog_ai_generator.blog_post_view_form_social")
        form = etree.fromstring(self.env["blog.post"].get_view(view.id)["arch"])
        self.assertEqual(form.xpath("//page[@autofocus]/@name"), ["social_copy"])

    def test_a_call_of_no_generation_says_what_it_was_for(self):
        (column,) = self.fields(CALL, "list", "kind")
        self.assertEqual(column.get("optional"), "show")
        self.assertTrue(self.fields(CALL, "kanban", "kind"))

    def test_each_call_of_a_generation_says_what_it_was_for(self):
        form = self.arch(GENERATION, "form")
        (column,) = form.xpath("//field[@name='call_ids']/list/field[@name='kind']")
        self.assertEqual(column.get("optional"), "show")
        self.assertTrue(form.xpath("//kanban//field[@name='kind']"))

    def test_a_cost_has_the_same_digits_and_its_currency_everywhere(self):
        for model, kind in (
            (GENERATION, "list"),
            (GENERATION, "form"),
            (CALL, "list"),
            (CALL, "kanban"),
            (CALL, "form"),
        ):
            with self.subTest(model=model, kind=kind):
                costs = self.fields(model, kind, "cost")
                for cost in costs:
                    self.assertFalse(cost.get("digits"))
                currencies = self.fields(model, kind, "currency_id")
                shown = [c.get("optional", "show") for c in currencies]
                # Either a column of its own, or in the cell of each cost.
                if "show" not in shown:
                    for cost in costs:
                        options = literal_eval(cost.get("options"))
                        self.assertEqual(options, {"currency_field": "currency_id"})

    def test_what_a_form_lists_is_cards_on_a_phone(self):
        for model, name in ((GENERATION, "call_ids"), (SLOT, "day_ids")):
            with self.subTest(name):
                (listed,) = self.fields(model, "form", name)
                self.assertEqual(listed.get("mode"), "list,kanban")
                self.assertEqual([view.tag for view in listed], ["list", "kanban"])

    def test_a_tablet_keeps_what_a_list_is_looked_at_for(self):
        kept = {
            GENERATION: ["topic", "lang", *BADGES, "blog_id"],
            TOPIC: ["sequence", "name", "similar_to", "status"],
            SLOT: ["name", "hour", "next_run", "waiting_count", "last_state"],
            "blog.ai.plan": ["date", "display_name", "kind"],
            CALL: ["create_date", "generation_id", "kind", "provider_id", "outcome"],
        }
        for model, names in kept.items():
            with self.subTest(model):
                arch = self.arch(model, "list")
                self.assertIn("list", arch.get("js_class"))
                shown = [
                    field.get("name")
                    for field in arch.xpath("./field[not(@column_invisible)]")
                    if field.get("optional") != "hide"
                    and "blog_ai_desktop" not in field.get("class", "")
                ]
                self.assertEqual(shown, names)

    def test_a_slots_day_opens_without_what_only_the_machine_reads(self):
        names = [f.get("name") for f in self.arch(DAY, "form").xpath("//field")]
        self.assertIn("error", names)
        self.assertNotIn("error_message", names)

    def test_what_is_typed_has_its_label(self):
        (label,) = self.arch("blog.ai.topic.paste", "form").xpath("//label")
        self.assertEqual(label.get("for"), "lines")

    def test_a_post_is_asked_for_by_the_key_that_makes_new_records_elsewhere(self):
        for kind in ("list", "kanban"):
            arch = self.arch(GENERATION, kind)
            self.assertEqual(arch.get("create"), "0")
            (write,) = arch.xpath("//header/button[@type='action']")
            self.assertEqual(write.get("data-hotkey"), "c")

    def test_a_call_leaves_out_what_the_service_did_not_answer(self):
        for name in ("http_status", "request_id", "model_answered"):
            (field,) = self.fields(CALL, "form", name)
            self.assertEqual(field.get("invisible"), f"not {name}", name)

    def test_a_word_without_end_stays_on_the_screen(self):
        for model, name in (
            (GENERATION, "topic"),
            (GENERATION, "error"),
            (GENERATION, "error_detail"),
            (CALL, "detail"),
        ):
            fields = self.fields(model, "form", name)
            classes = {field.get("class") for field in fields}
            self.assertEqual(classes, {"text-break"}, name)

    def test_a_writer_finds_the_blogs_that_a_writer_may_edit(self):
        """Odoo's own menu of them is for administrators."""
        menu = self.env.ref("blog_ai_generator.menu_blog")
        employee = new_test_user(self.env, "unit-employee", "base.group_user")
        for user, finds in ((self.writer, True), (employee, False)):
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertEqual(menu.id in visible, finds, user.name)
            may_edit = self.blog.with_user(user).has_access("write")
            self.assertEqual(may_edit, finds, user.name)

    def test_the_menu_has_one_order_in_every_database(self):
        """Equal sequences would leave it to the ids, which differ after an upgrade."""
        menus = self.env.ref("blog_ai_generator.menu_blog_ai").child_id
        places = menus.mapped("sequence")
        self.assertEqual(len(set(places)), len(menus), places)
