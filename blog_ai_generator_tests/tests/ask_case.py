# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
from functools import partial
from itertools import count
from unittest.mock import patch

from odoo.service.model import retrying

from odoo.addons.blog_ai_generator.models import blog_ai_generation_photo

from ..fixtures import GOOD_KEY
from .llm_case import search_of
from .pump_case import PATIENCE, PumpCase

THREADS = "blog_ai_generator.ask."


def asking() -> list[threading.Thread]:
    """Return the threads that make a call for which a person waits."""
    return [t for t in threading.enumerate() if t.name.startswith(THREADS)]


class AskCase(PumpCase):
    """Buttons that ask a provider, in the background and on committed data."""

    numbers = count()

    def setUp(self):
        super().setUp()
        self.addCleanup(self.settle_asks)
        self.addCleanup(self.llm.release)

    def settle_asks(self) -> None:
        """Wait until all calls of buttons are stored."""
        # A look for a picture starts the call for it.
        for _thread in range(3):
            for thread in asking():
                thread.join(PATIENCE)
        self.assertFalse(asking(), "A call of a button hangs.")

    def switch_on_unsplash(self, key: str = GOOD_KEY) -> None:
        """Let searches for photos go to the fake server, as with Odoo's addon."""
        search = partial(search_of, self.llm)
        self.startPatcher(patch.object(blog_ai_generation_photo, "PhotoSearch", search))
        self.startPatcher(patch.object(blog_ai_generation_photo, "has_module"))
        self._set_key(key)
        self.addCleanup(self._set_key, False)

    def _set_key(self, key: str | bool) -> None:
        with self.committed() as env:
            env["ir.config_parameter"].set_param(blog_ai_generation_photo.KEY, key)

    def set_provider(self, **values) -> None:
        with self.committed() as env:
            env["blog.ai.provider"].browse(self.provider_id).write(values)

    def set_blog(self, *sources: str, model: str = "good") -> None:
        names = ("blog_ai_cover", "blog_ai_cover_second", "blog_ai_cover_third")
        with self.committed() as env:
            env["blog.blog"].browse(self.blog_id).write(
                {
                    **dict(zip(names, sources, strict=False)),
                    "blog_ai_picture_provider_id": self.provider_id,
                    "blog_ai_picture_model": model,
                }
            )

    def cover_of(self, generation_id: int) -> tuple:
        """Return state, the name of the cover for networks, and the notes."""
        with self.committed() as env:
            generation = env["blog.ai.generation"].browse(generation_id)
            address = generation.post_id.website_meta_og_img or ""
            return generation.state, address.rpartition("/")[2], generation.repairs

    def provider(self, *names: str) -> tuple:
        with self.committed() as env:
            provider = env["blog.ai.provider"].browse(self.provider_id)
            return tuple(provider[name] for name in names)

    def press(self, button: str = "action_test_connection") -> int:
        """Press a button of the provider; return the id of its ``blog.ai.ask``."""
        with self.committed() as env:
            provider = env["blog.ai.provider"].browse(self.provider_id)
            return getattr(provider, button)()["params"]["id"]

    def make_post(self) -> int:
        with self.committed() as env:
            post = env["blog.post"].create({"name": "Figs", "blog_id": self.blog_id})
            env.company.blog_ai_provider_id = self.provider_id
            self.addCleanup(self.without_default)
            return post.id

    def without_default(self) -> None:
        with self.committed() as env:
            env.company.blog_ai_provider_id = False

    def write_again(self, post_id: int, network: str = "x", present: str = "") -> int:
        """Ask for another text; without ``present``, for one that nobody asked for.

        It is repeated after a conflict, as Odoo repeats a request.
        """
        present = present or f"Mine {next(self.numbers):04}"
        with self.committed() as env:
            socials = env["blog.post.social"]
            asked = retrying(
                lambda: socials.write_again(post_id, network, present), env
            )
            return asked["id"]

    def seen(self, ask_id: int) -> dict:
        """Return what the person who asked sees."""
        with self.committed() as env:
            return env["blog.ai.ask"].browse(ask_id).look()

    def let_it_die(self, asked: int) -> None:
        """Let a call give no sign of life, as if its server had been killed."""
        with self.committed() as env:
            env.cr.execute(
                "UPDATE blog_ai_ask SET alive_until = alive_until - interval '1 day' "
                "WHERE id = %s",
                [asked],
            )

    def calls_of_buttons(self, *names: str) -> list[tuple]:
        with self.committed() as env:
            calls = env["blog.ai.call"].search(
                [("provider_id", "=", self.provider_id), ("kind", "!=", "article")],
                order="id",
            )
            return [tuple(call[name] for name in names) for call in calls]
