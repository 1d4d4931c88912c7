# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.tests import tagged

from ..similar_keys import title_keys
from .topic_case import TopicCase


@tagged("post_install", "-at_install")
class TestSimilarKept(TopicCase):
    """The keys of titles follow whatever happens to posts, topics and generations."""

    def setUp(self):
        super().setUp()
        self.post = self.env["blog.post"].create(
            {"name": "Quinces for jam", "blog_id": self.blog.id}
        )

    def similar(self, title, blog=None, lang="en_US"):
        self.env.flush_all()
        self.env.invalidate_all()
        blog = (blog or self.blog).with_context(lang=lang)
        return blog._blog_ai_find_similar(title, self.env.company)

    def test_a_post_is_found_by_its_title_until_it_has_another_one(self):
        self.assertIn("Quinces", self.similar("Jam, for quinces"))
        self.post.name = "Figs on a wall"
        self.assertFalse(self.similar("Jam, for quinces"))
        self.assertIn("Figs", self.similar("Figs on the wall"))

    def test_a_post_is_found_by_its_title_in_each_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.post.with_context(lang="fr_FR")
        french.name = "Confiture de coings"
        self.assertIn("coings", self.similar("Confiture de coing", lang="fr_FR"))
        self.assertIn("Quinces", self.similar("Quinces for jam"))
        french.name = "Figues au mur"
        self.assertFalse(self.similar("Confiture de coing", lang="fr_FR"))
        self.post.update_field_translations("name", {"fr_FR": "Poires au four"})
        self.assertIn("Poires", self.similar("Poire au four", lang="fr_FR"))

    def test_a_post_counts_where_it_is_and_while_it_is_there(self):
        other = self.env["blog.blog"].create({"name": "Other"})
        self.post.blog_id = other
        self.assertFalse(self.similar("Quinces for jam"))
        self.assertTrue(self.similar("Quinces for jam", other))
        self.post.active = False
        self.assertFalse(self.similar("Quinces for jam", other))
        self.post.active = True
        self.assertTrue(self.similar("Quinces for jam", other))
        self.post.unlink()
        self.assertFalse(self.similar("Quinces for jam", other))

    def test_posts_and_topics_that_are_imported_are_found(self):
        for model in ("blog.post", "blog.ai.topic"):
            done = self.env[model].load(
                ["name", "blog_id/.id"], [["Pears in winter", str(self.blog.id)]]
            )
            self.assertFalse(done["messages"])
            self.assertIn("Pears", self.similar("PEARS in the winter"))
            self.env[model].browse(done["ids"]).unlink()
            self.assertFalse(self.similar("PEARS in the winter"))

    def test_a_copy_is_found(self):
        copy = self.post.copy()
        self.post.unlink()
        self.assertIn(copy.name, self.similar(copy.name.upper()))

    def test_a_topic_counts_while_it_waits(self):
        topic = self.topic("Pears in winter")
        self.assertTrue(self.similar("Winter pears"))
        topic.name = "Apples in autumn"
        self.assertFalse(self.similar("Winter pears"))
        self.assertTrue(self.similar("Autumn apples"))
        topic.action_drop()
        self.assertFalse(self.similar("Autumn apples"))
        topic.action_requeue()
        topic.active = False
        self.assertFalse(self.similar("Autumn apples"))

    def test_a_generation_counts_until_it_ends_and_then_its_post(self):
        generation = self.ask("Pears in winter")
        self.assertIn("being written", self.similar("Winter pears"))
        self.attempt(generation)
        generation.post_id.name = "An orchard"
        self.assertIn("An orchard", self.similar("Winter pears"))
        self.assertIn("An orchard", self.similar("Orchards"))

    def test_many_posts_are_created_by_as_many_statements_as_one(self):
        def create(count):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["blog.post"].create(
                [{"name": f"Fruit {n}", "blog_id": self.blog.id} for n in range(count)]
            ).flush_recordset()
            return self.cr.sql_log_count - before

        create(1)
        with self.assertLogs("odoo.sql_db", "DEBUG") as logs:
            create(9)
        texts = [line for line in logs.output if "title_keys" in line]
        self.assertEqual(len(texts), 1, texts)
        names = self.env["blog.post"].search([("name", "=like", "Fruit %")])
        self.cr.execute(
            "SELECT count(*) FROM blog_post "
            "WHERE id = ANY(%s) AND blog_ai_title_keys IS NULL",
            [names.ids],
        )
        self.assertEqual(self.cr.fetchone(), (0,))

    def test_the_very_title_is_known_in_any_case_and_language(self):
        def in_use(*titles):
            return self.blog._blog_ai_titles_in_use(list(titles), "en_US")

        self.assertEqual(
            in_use("QUINCES for Jam", "Quinces for jams", "Figs"), ["QUINCES for Jam"]
        )
        self.post.name = "100 %?!"
        self.assertEqual(in_use("100 %?!", "_?!"), ["100 %?!"])
        self.post.name = "…?!"
        self.assertEqual(in_use("…?!", "_?!", "Quinces for jam"), ["…?!"])

    def test_what_was_there_before_is_found_after_an_upgrade(self):
        self.cr.execute("UPDATE blog_post SET blog_ai_title_keys = NULL")
        field = self.env["blog.post"]._fields["blog_ai_title_keys"]
        self.env.invalidate_all()
        # Compute it as Odoo does for the column of a new stored field.
        posts = self.env["blog.post"].with_context(active_test=False).search([])
        self.env.add_to_compute(field, posts)
        self.assertTrue(self.similar("Quinces for jam"))

    def test_keys_are_shown_to_nobody(self):
        for model in ("blog.post", "blog.ai.topic", "blog.ai.generation"):
            for name, field in self.env[model].fields_get().items():
                if name.endswith("title_keys"):
                    self.assertFalse(field["exportable"] or field["groupable"])
        self.assertNotIn("title_keys", json.dumps(self.topic().export_data(["name"])))

    def test_an_upgrade_computes_the_keys_of_words_with_vowel_signs(self):
        topic = self.topic(name="दाल कैसे पकाएँ")
        self.post.create({"name": "गुलाब की छँटाई", "blog_id": self.blog.id})
        self.env.flush_all()
        self.cr.execute("UPDATE blog_post SET blog_ai_title_keys = '{1}'")
        self.cr.execute("UPDATE blog_ai_topic SET title_keys = '{1}'")
        self.env.invalidate_all()
        self.run_migration("19.0.1.3.0/post-title-keys.py")
        self.assertIn("गुलाब", self.similar("गुलाबों की छँटाई"))
        self.assertEqual(topic.title_keys, title_keys(topic.name))
        # Others are not touched.
        self.assertFalse(self.similar("Quinces for jam"))
