# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name

from .odoo_alone import PATIENCE, VARIABLE, copied
from .odoo_process import environment, write_settings

SCRIPT = Path(__file__).parents[2] / "setup" / "dev" / "scripts" / "new_site.py"
MODULES = "blog_ai_generator,base_import"


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestFirstSite(BaseCase):
    """The site of `make run`, on a copy of a database without the addons."""

    def test_the_first_site_has_its_posts_and_their_emails(self):
        source, name = os.environ.get(VARIABLE), f"{get_db_name()}_site"
        self.assertTrue(source, "Run this test by make test.")
        with tempfile.TemporaryDirectory() as folder, copied(source, name):
            post, emails = self.make_site(name, Path(folder))
        self.assertNotIn("error", post)
        self.assertTrue(post["title"])
        # One for each post that the offline writer wrote.
        self.assertEqual(len(emails), 3)

    def make_site(self, name: str, folder: Path) -> tuple[dict, list[Path]]:
        """Return the post and the emails that the script made; it checks each post."""
        result, emails = folder / "post.json", folder / "emails"
        options = (f"--config={write_settings(folder)}", f"--database={name}")
        told = {"TOPIC": "", "RESULT": str(result), "EMAILS": str(emails)}
        done = subprocess.run(
            [
                sys.executable,
                SCRIPT,
                *options,
                "--skip-auto-install",
                "--init",
                MODULES,
            ],
            capture_output=True,
            text=True,
            env={**environment(), **told},
            timeout=PATIENCE,
            check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr[-5000:])
        return json.loads(result.read_text("utf-8")), [*emails.glob("*.eml")]
