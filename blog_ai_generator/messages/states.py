# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Obstacles to writing a post or to notifying people of it."""

from odoo.tools import LazyTranslate

from .message import Wording

# Made when the module is loaded: there is no environment yet, and no reader.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

STATES = {
    "database.neutralized": Wording(
        _lt(
            "This database is a neutralized copy: Blog AI calls no provider and "
            "publishes nothing in it."
        ),
        _lt(
            "Use the original database, or ask an administrator to press “Use Blog AI "
            "in this database” under Website ▸ Configuration ▸ Settings ▸ Blog AI."
        ),
        _lt(
            "Use the original database. To try something here, press “Use Blog AI in "
            "this database” under Website ▸ Configuration ▸ Settings ▸ Blog AI."
        ),
    ),
    "database.copy": Wording(
        _lt(
            "This database looks like a copy of another one: Blog AI calls no provider "
            "and publishes nothing in it."
        ),
        _lt(
            "If it is the real one, ask an administrator to press “Use Blog AI in this "
            "database” under Website ▸ Configuration ▸ Settings ▸ Blog AI."
        ),
        _lt(
            "If it is the real one, press “Use Blog AI in this database” under Website "
            "▸ Configuration ▸ Settings ▸ Blog AI."
        ),
    ),
    "provider.none": Wording(
        _lt("There is no AI provider yet."),
        _lt(
            "Ask an administrator to add one under Website ▸ Configuration ▸ Settings "
            "▸ Blog AI."
        ),
        _lt("Add one under Website ▸ Configuration ▸ Settings ▸ Blog AI."),
    ),
    "provider.no_key": Wording(
        _lt("%(name)s has no API key."),
        _lt(
            "Ask an administrator to enter it under Website ▸ Configuration ▸ Settings "
            "▸ Blog AI."
        ),
        _lt("Enter it under Website ▸ Configuration ▸ Settings ▸ Blog AI."),
    ),
    # Shown on the form of the provider, which only administrators may change.
    "provider.enter_key": Wording(
        _lt("No API key is set for this provider."),
        _lt("Paste it into “API Key” on this form, then save and try again."),
    ),
    "provider.archived": Wording(
        _lt("The provider %(name)s is archived."), _lt("Choose another one.")
    ),
    "provider.foreign": Wording(
        _lt("The provider %(provider)s belongs to %(theirs)s, the blog to %(ours)s."),
        _lt("Choose a provider of that company or a shared one."),
    ),
    "picture.none": Wording(
        _lt("%(name)s makes no pictures."),
        _lt("Choose another provider of pictures in the settings of the blog."),
    ),
    "picture.no_model": Wording(
        _lt("No model for pictures is chosen for %(name)s."),
        _lt("Enter its name in the settings of the blog."),
    ),
    "photo.no_key": Wording(
        _lt("Unsplash is not switched on, or has no access key."),
        _lt(
            "Ask an administrator to tick Unsplash under Settings ▸ General Settings, "
            "and to enter the key there."
        ),
        _lt(
            "Tick Unsplash under Settings ▸ General Settings, and enter the key there."
        ),
    ),
    "photo.none": Wording(
        _lt("Unsplash has no photo for this post."),
        _lt("Choose a picture in the website editor, under “Cover”."),
    ),
    "photo.key": Wording(
        _lt("Unsplash did not accept the access key."),
        _lt("Ask an administrator to check it under Settings ▸ General Settings."),
        _lt("Check it under Settings ▸ General Settings."),
    ),
    "photo.limit": Wording(
        _lt("Unsplash takes no more requests of this account within this hour."),
        _lt("Choose a picture in the website editor, under “Cover”."),
    ),
    "photo.failed": Wording(
        _lt("Unsplash could not be reached, or sent no picture."),
        _lt("Choose a picture in the website editor, under “Cover”."),
    ),
    "provider.slow": Wording(
        _lt("%(provider)s did not answer within %(count)s seconds."),
        _lt("Try again later, or ask an administrator to check the provider."),
        _lt("Check its base URL, its model and its time limit, or try again later."),
    ),
    "provider.test_failed": Wording(
        _lt("The last connection test of %(name)s failed."),
        _lt("Choose another provider, or ask an administrator to test it again."),
        _lt("Choose another provider, or press “Test connection” on its form."),
    ),
    "provider.refuses": Wording(_lt("%(name)s refuses to write")),
    "budget.used_up": Wording(
        _lt("Queued until %(until)s: the budget of %(name)s is used up."),
        _lt("Ask an administrator to raise it, or wait."),
        _lt("Press “Raise for this month”, or wait."),
    ),
    "budget.will_wait": Wording(
        _lt("The budget of %(name)s is used up: this post will wait until %(until)s."),
        _lt("Ask an administrator to raise the budget to have it written now."),
        _lt(
            "Raise it for this month under Website ▸ Configuration ▸ AI Budgets to "
            "have the post written now."
        ),
    ),
    "budget.nothing_left": Wording(
        _lt(
            "The budget of %(name)s is used up: nothing that costs money is written "
            "until %(until)s."
        ),
        _lt("Ask an administrator to raise it for this month, or wait."),
        _lt(
            "Raise it for this month under Website ▸ Configuration ▸ AI Budgets, or "
            "wait."
        ),
    ),
    "budget.nearly_used_up": Wording(
        _lt("Most of the AI budget of %(name)s for this month is spent")
    ),
    "budget.no_price": Wording(
        _lt(
            "The prices of %(name)s are not known, so the budget can't limit what it "
            "costs."
        ),
        _lt("Ask an administrator to enter them on the provider."),
        _lt("Enter them on the provider, or tick “Free of Charge” there."),
    ),
    "slot.gap": Wording(
        _lt("Days missed before this one: %(count)s, from %(date)s on.")
    ),
    "slot.failing": Wording(_lt("%(name)s has failed %(count)s days in a row")),
    "slot.late": Wording(_lt("%(name)s did not run when it was due")),
    "slot.overdue": Wording(
        _lt("This slot is overdue: its scheduled action is off, or does not run."),
        _lt(
            "Ask an administrator to switch on the scheduled action “Blog AI: run "
            "daily slots”, and to check Odoo's cron workers."
        ),
        _lt(
            "Switch on “Blog AI: run daily slots” under Settings ▸ Technical ▸ "
            "Scheduled Actions, and check Odoo's cron workers."
        ),
    ),
    "generation.overdue": Wording(
        _lt("This is overdue: Odoo's scheduled actions do not seem to run."),
        _lt(
            "Ask an administrator to check Odoo's cron workers and the scheduled "
            "actions of Blog AI, or to restart Odoo."
        ),
        _lt(
            "Check Odoo's cron workers and the scheduled actions of Blog AI, or "
            "restart Odoo."
        ),
    ),
    "email.not_made": Wording(
        _lt(
            "The recipients were not notified of this post: the email template is "
            "broken or was deleted."
        ),
        _lt(
            "Ask an administrator to repair it, or to upgrade the app to restore it. "
            "Then unpublish the post and publish it again."
        ),
        _lt(
            "Repair it, or upgrade the app to restore it. Then unpublish the post and "
            "publish it again."
        ),
    ),
    "email.not_saved": Wording(
        _lt(
            "The recipients were not notified of this post: Odoo could not save the "
            "email."
        ),
        _lt(
            "Ask an administrator to look at the technical detail and fix the cause. "
            "Then unpublish the post and publish it again."
        ),
        _lt(
            "Look at the technical detail and fix the cause. Then unpublish the post "
            "and publish it again."
        ),
    ),
    "email.no_sender": Wording(
        _lt(
            "The email has no sender, since neither the company nor the author has an "
            "email address."
        ),
        _lt(
            "Ask an administrator to enter one on the company, then to press “Open the "
            "email” here, fill in “From” and press Retry."
        ),
        _lt(
            "Enter one on the company, then press “Open the email” here, fill in "
            "“From” and press Retry."
        ),
    ),
    "email.no_address": Wording(
        _lt("None of its recipients has a valid email address."),
        _lt(
            "Enter one in the contacts, then ask an administrator to press “Open the "
            "email” here and then Retry."
        ),
        _lt(
            "Enter one in the contacts, then press “Open the email” here and then "
            "Retry."
        ),
    ),
    "email.not_accepted": Wording(
        _lt("The mail server did not accept the email."),
        _lt("Ask an administrator to press “Open the email” here and then Retry."),
        _lt("Press “Open the email” here and then Retry."),
    ),
}
