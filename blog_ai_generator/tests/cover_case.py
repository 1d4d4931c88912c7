# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io

from PIL import Image

from .common import BlogAiCase, create_provider


def file_of(kind="JPEG", size=(640, 400), mode="RGB"):
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind)
    return file.getvalue()


class GeneratedCase(BlogAiCase):
    """A blog whose covers are made by the offline provider, a post for each test."""

    def setUp(self):
        super().setUp()
        self.blog.blog_ai_cover = "generated"
        self.blog.blog_ai_picture_provider_id = self.offline
        self.waiting = []
        self.patch(
            self.registry["blog.ai.generation"],
            "_start_pictures",
            lambda those: self.waiting.extend(those.ids),
        )

    def written(self, **values):
        """Return a generation whose post waits for its picture."""
        generation = self.ask(user_id=self.writer.id, **values)
        self.attempt(generation)
        self.assertEqual(generation.state, "done")
        return generation

    def look(self):
        """Do what the pump does in the background after the post is stored."""
        for generation_id in self.waiting:
            self.env["blog.ai.generation"]._look_for_picture(generation_id)

    def illustrated(self, **values):
        generation = self.written(**values)
        self.look()
        return generation

    def picture(self, post):
        mine = [("res_model", "=", "blog.post"), ("res_id", "=", post.id)]
        pictures = self.env["ir.attachment"].search(mine)
        return pictures.filtered(lambda one: one.name.startswith("picture."))

    def calls(self):
        return self.env["blog.ai.call"].search([("kind", "=", "picture")])

    def paid(self, **values):
        return create_provider(
            self.env,
            "k",
            name="Painter",
            preset="openai",
            model="gpt-6-luna",
            **values,
        )
