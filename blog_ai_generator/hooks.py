# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from .database import confirm_new_database
from .internals import outlive_database
from .models.blog_post_social import COPIES
from .pump import heed_sigterm, is_passing, look_soon, watch_from_start


def post_load():
    heed_sigterm()
    outlive_database(is_passing, look_soon)
    watch_from_start()


def post_init_hook(env):
    confirm_new_database(env)


def uninstall_hook(env):
    """Leave nothing behind that Odoo does not know to be ours.

    The log goes first: it holds on to the provider that came as data. Visitors read
    the same as before: the labels become part of the texts.
    """
    env["blog.post"]._blog_ai_keep_labels()
    keep_short_links(env)
    # Odoo would write afterwards what it has not written yet.
    env.flush_all()
    for table in ("blog_ai_call", "blog_ai_generation", "blog_ai_slot"):
        env.cr.execute(f"DELETE FROM {table}")  # pylint: disable=sql-injection
    # The voices that came as data could not go while a blog has one.
    env.cr.execute("UPDATE blog_blog SET blog_ai_voice_id = NULL")
    # Reviews that were done are archived, and would keep the activity type.
    review = env.ref("blog_ai_generator.mail_activity_type_review", False)
    if review:
        activities = env["mail.activity"].with_context(active_test=False)
        activities.search([("activity_type_id", "=", review.id)]).unlink()
    env["ir.config_parameter"].search(
        [("key", "=like", "blog_ai_generator.%")]
    ).unlink()


def keep_short_links(env):
    """Leave links that nobody has clicked yet to Odoo's link tracker."""
    for model in COPIES:
        env[model].search([("tracker_id", "=", False)])._create_trackers()
