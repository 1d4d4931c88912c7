# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common import BlogAiCase


@tagged("post_install", "-at_install")
class TestCompanies(BlogAiCase):
    """An editor of one company, and the blog of another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours, cls.theirs = cls.env["res.company"].create(
            [{"name": "Our house"}, {"name": "Their house"}]
        )
        cls.our_blog = cls.blog_of(cls.ours, "Middle blog")
        cls.their_blog = cls.blog_of(cls.theirs, "A first blog")
        cls.editor = cls.new_editor(
            "unit-editor",
            company_id=cls.ours.id,
            company_ids=[(6, 0, cls.ours.ids)],
        )
        cls.our_provider, cls.their_provider = (
            cls.provider_of(company) for company in (cls.ours, cls.theirs)
        )
        cls.theirs.blog_ai_recipient_ids = cls.reader

    @classmethod
    def blog_of(cls, company, name):
        website = cls.env["website"].create(
            {"name": company.name, "company_id": company.id}
        )
        return cls.env["blog.blog"].create({"name": name, "website_id": website.id})

    @classmethod
    def provider_of(cls, company):
        company.blog_ai_provider_id = cls.env["blog.ai.provider"].create(
            {
                "name": f"Box of {company.name}",
                "preset": "offline",
                "company_id": company.id,
            }
        )
        return company.blog_ai_provider_id

    def as_editor(self, model, companies=None):
        """Return the model as the editor uses it, by default in our company only."""
        ids = (companies or self.ours).ids
        records = self.env[model].with_user(self.editor)
        return records.with_context(allowed_company_ids=ids)

    def as_editor_of_both(self, model):
        self.editor.company_ids += self.theirs
        return self.as_editor(model, self.ours + self.theirs)

    def test_a_post_of_a_shared_blog_leads_to_generations_of_ones_own_company_only(
        self,
    ):
        posts = self.env["blog.post"]
        for company, provider in (
            (self.ours, self.our_provider),
            (self.theirs, self.their_provider),
        ):
            generation = self.ask(company_id=company.id, provider_id=provider.id)
            self.attempt(generation)
            posts += generation.post_id
        mine = self.as_editor("blog.post").browse(posts.ids)
        self.assertEqual(mine.mapped("blog_ai_generation_is_ours"), [True, False])
        both = self.as_editor_of_both("blog.post").browse(posts.ids)
        self.assertEqual(both.mapped("blog_ai_generation_is_ours"), [True, True])
        arch = etree.fromstring(mine.get_view(view_type="form")["arch"])
        by_hand = {"blog_ai_review_state": "pending", "blog_ai_generation_id": 1}
        for path in (
            "//field[@name='blog_ai_generation_id']",
            "//div[@data-blog-ai='review']",
        ):
            (node,) = arch.xpath(path)
            for ours in (True, False):
                values = {**by_hand, "blog_ai_generation_is_ours": ours}
                self.assertEqual(safe_eval(node.get("invisible"), values), not ours)

    # Blogs that are offered, and other blogs

    def test_forms_propose_and_offer_blogs_of_the_own_companies_only(self):
        for model in (
            "blog.ai.topic",
            "blog.ai.topic.paste",
            "blog.ai.slot",
            "blog.ai.write",
        ):
            with self.subTest(model):
                records = self.as_editor(model)
                blog = records.new(records.default_get(["blog_id"])).blog_id
                self.assertIn(blog.website_id.company_id, (self.ours, self.ours[:0]))
                domain = records.fields_get(["blog_id"])["blog_id"]["domain"]
                offered = self.env["blog.blog"].search(domain)
                self.assertIn(self.our_blog, offered)
                self.assertIn(self.blog, offered)
                self.assertNotIn(self.their_blog, offered)

    def test_another_companys_blog_is_refused_in_a_sentence(self):
        ask = {"topic": "Lemons in pots", "blog_id": self.their_blog.id}
        paste = {"lines": "Lemons in pots", "blog_id": self.their_blog.id}
        topic = {"name": "Lemons in pots", "blog_id": self.their_blog.id}
        slot = {"blog_id": self.their_blog.id}
        pasting = self.as_editor("blog.ai.topic.paste")
        for refused in (
            lambda: self.as_editor("blog.ai.write").action_write_values(ask),
            lambda: pasting.create(paste).action_add(),
            lambda: self.as_editor("blog.ai.topic").create(topic),
            lambda: self.as_editor("blog.ai.slot").create(slot),
        ):
            with self.assertRaisesRegex(
                ValidationError, "belongs to Their house. Switch to that company"
            ):
                refused()

    def test_a_shared_blog_is_not_deleted_under_another_companys_generation(self):
        self.ask("Their secret", company_id=self.theirs.id)
        blog = self.as_editor("blog.blog").browse(self.blog.id)
        with self.assertRaisesRegex(UserError, "wait until they are done") as caught:
            blog.unlink()
        self.assertNotIn("secret", str(caught.exception))

    def test_a_topic_or_slot_does_not_move_to_another_companys_blog(self):
        mine = {"blog_id": self.our_blog.id}
        topic = self.as_editor("blog.ai.topic").create({"name": "Lemons", **mine})
        slot = self.as_editor("blog.ai.slot").create(mine)
        for record in (topic, slot):
            with self.assertRaisesRegex(ValidationError, "belongs to Their house"):
                record.blog_id = self.their_blog

    def test_another_companys_blog_is_refused_in_an_import(self):
        result = self.as_editor("blog.ai.topic").load(
            ["name", "blog_id/.id"], [["Lemons in pots", str(self.their_blog.id)]]
        )
        self.assertFalse(result["ids"])
        (message,) = result["messages"]
        self.assertIn("belongs to Their house", message["message"])

    # Titles and defaults in a form before it is saved

    def test_a_form_shows_no_titles_of_another_company(self):
        blog = self.their_blog.id
        self.env["blog.ai.topic"].create({"name": "Lemons in pots", "blog_id": blog})
        values = {"blog_id": blog, "provider_id": self.their_provider.id}
        self.ask("Figs on a wall", **values)
        self.attempt(self.ask("Quinces for jam", **values))
        post = {"name": "Kale after frost", "blog_id": blog}
        self.env["blog.post"].create(post)
        for title in (
            "Lemons in pots",
            "Figs on a wall",
            "Quinces for jam",
            "Kale after frost",
        ):
            with self.subTest(title):
                topic = {"name": title, "blog_id": blog}
                self.assertTrue(self.env["blog.ai.topic"].new(topic).similar_to)
                both = self.as_editor_of_both("blog.ai.topic")
                self.assertTrue(both.new(topic).similar_to)
                self.assertFalse(self.as_editor("blog.ai.topic").new(topic).similar_to)
                ask = {"topic": title, "blog_id": blog}
                self.assertFalse(self.as_editor("blog.ai.write").new(ask).similar_to)

    def test_a_form_shows_what_visitors_of_another_company_see(self):
        values = {"name": "Kale after frost", "blog_id": self.their_blog.id}
        seen = {"is_published": True, "published_date": "2026-01-01 08:00:00"}
        self.env["blog.post"].create({**values, **seen})
        topic = self.as_editor("blog.ai.topic").new(values)
        self.assertIn("the post", topic.similar_to)

    def test_a_form_proposes_nothing_that_another_company_has(self):
        for model in ("blog.ai.slot", "blog.ai.write"):
            with self.subTest(model):
                draft = self.as_editor(model).new({"blog_id": self.their_blog.id})
                self.assertFalse(draft.recipient_ids)
                self.assertEqual(draft.provider_id, self.our_provider)

    def test_a_form_shows_no_voice_of_another_company(self):
        voice = self.env["blog.ai.voice"].create(
            {
                "name": "Salt",
                "audience": "their smugglers",
                "company_id": self.theirs.id,
            }
        )
        self.their_blog.blog_ai_voice_id = voice
        shown = {"topic": "Lemons in pots", "show_prompt": True}
        shown["provider_id"] = self.offline.id
        for values in (
            {"blog_id": self.our_blog.id, "voice_id": voice.id},
            {"blog_id": self.their_blog.id},
        ):
            with self.subTest(values):
                wizard = self.as_editor("blog.ai.write").new({**shown, **values})
                self.assertNotIn("smugglers", wizard.prompt_user or "")
        both = self.as_editor_of_both("blog.ai.write")
        wizard = both.new({**shown, "blog_id": self.their_blog.id})
        self.assertIn("smugglers", wizard.prompt_user)

    def test_an_outline_in_a_voice_of_another_company_is_not_asked_for(self):
        voices = self.env["blog.ai.voice"]
        voice = voices.create({"name": "Salt", "company_id": self.theirs.id})
        values = {"topic": "Lemons in pots", "blog_id": self.our_blog.id}
        wizard = self.as_editor("blog.ai.write").create(values)
        wizard.voice_id = voice
        with self.assertRaisesRegex(ValidationError, "Their house"):
            wizard.action_outline()
        self.assertFalse(self.env["blog.ai.ask"].search([]))

    # The provider of a slot

    def test_a_slots_provider_follows_the_blog(self):
        with Form(self.as_editor_of_both("blog.ai.slot")) as form:
            form.blog_id = self.our_blog
            self.assertEqual(form.provider_id, self.our_provider)
            form.blog_id = self.their_blog
            self.assertEqual(form.provider_id, self.their_provider)
            self.assertEqual(form.recipient_ids[:], self.reader)

    def test_a_provider_that_a_person_chose_stays_with_another_blog(self):
        with Form(self.as_editor_of_both("blog.ai.slot")) as form:
            form.blog_id = self.our_blog
            form.provider_id = self.offline
            form.blog_id = self.their_blog
            self.assertEqual(form.provider_id, self.offline)

    # Scheduled actions

    def test_a_slot_of_any_company_runs_by_itself(self):
        blog = self.their_blog.id
        self.env["blog.ai.topic"].create(
            [
                {"name": name, "blog_id": blog}
                for name in ("Lemons in pots", "LEMONS in pots", "Figs on a wall")
            ]
        )
        slots = self.env["blog.ai.slot"].create([{"blog_id": blog}] * 2)
        self.assertEqual(slots.provider_id, self.their_provider)
        written = []
        for slot in slots:
            generation = self.env["blog.ai.generation"].browse(
                slot.action_run_now()["res_id"]
            )
            written.append(generation.topic)
            self.assertEqual(generation.company_id, self.theirs)
        self.assertEqual(written, ["Lemons in pots", "Figs on a wall"])

    # Records of the other company

    def write_theirs(self):
        """Return a record of each model on their blog, all of one slot day."""
        blog = {"blog_id": self.their_blog.id}
        topic = self.env["blog.ai.topic"].create({"name": "Lemons in pots", **blog})
        slot = self.env["blog.ai.slot"].create(blog)
        slot.action_run_now()
        generation = topic.generation_ids
        self.attempt(generation)
        day = slot.day_ids.filtered("generation_id")
        return [topic, slot, day, generation, generation.call_ids]

    def test_nobody_of_another_company_reads_or_finds_what_is_on_a_blog(self):
        for record in self.write_theirs():
            with self.subTest(record._name):
                self.assertEqual(record.company_id, self.theirs)
                same = [("id", "in", record.ids)]
                foreign = self.as_editor(record._name)
                self.assertFalse(foreign.search(same))
                self.assertEqual(foreign.search_count(same), 0)
                self.assertEqual(foreign._read_group(same, [], ["__count"]), [(0,)])
                with self.assertRaises(AccessError):
                    foreign.browse(record.ids).read(["company_id"])
                both = self.as_editor_of_both(record._name)
                self.assertEqual(both.search(same), record)
                self.assertTrue(both.browse(record.ids).read(["company_id"]))

    def test_nobody_of_another_company_steers_what_is_on_a_blog(self):
        topic, slot, _day, generation, _calls = self.write_theirs()
        for record, button in (
            (topic, "action_drop"),
            (topic, "action_requeue"),
            (topic, "action_move_first"),
            (slot, "action_run_now"),
            (generation, "action_retry"),
            (generation, "action_cancel"),
            (generation, "action_looked_at"),
        ):
            with self.subTest(button), self.assertRaises(AccessError):
                getattr(self.as_editor(record._name).browse(record.id), button)()

    def test_social_copy_is_read_by_whoever_reads_its_post(self):
        # Odoo has no rule for posts: editors of all companies read them.
        *_others, generation, _calls = self.write_theirs()
        post = generation.post_id
        copy = post.social_ids
        names = ["name", "blog_ai_generation_id", "blog_ai_review_state", "social_ids"]
        (form,) = self.as_editor("blog.post").browse(post.id).read(names)
        self.assertEqual(form["social_ids"], copy.ids)
        mine = self.as_editor("blog.post.social")
        self.assertEqual(mine.search([("id", "in", copy.ids)]), copy)
        employee = new_test_user(self.env, "unit-plain", groups="base.group_user")
        with self.assertRaises(AccessError):
            mine.with_user(employee).browse(copy.ids).read(["text"])
