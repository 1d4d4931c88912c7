# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

PUBLISHING = ("is_published", "website_published")


class BlogPost(models.Model):
    _inherit = "blog.post"

    # Groups: visitors' queries do not even read these columns.
    blog_ai_generation_id = fields.Many2one(
        "blog.ai.generation",
        "Generation",
        ondelete="set null",
        readonly=True,
        copy=False,
        groups="website.group_website_designer",
    )
    social_ids = fields.One2many(
        "blog.post.social",
        "post_id",
        "Social Copy",
        groups="website.group_website_designer",
    )

    _one_post_a_generation = models.UniqueIndex(
        "(blog_ai_generation_id) WHERE blog_ai_generation_id IS NOT NULL",
        "This generation has its post already.",
    )

    def write(self, vals):
        result = super().write(vals)
        if any(vals.get(field) for field in PUBLISHING):
            self.sudo()._blog_ai_tell_recipients()
        return result

    def _blog_ai_tell_recipients(self):
        """Mail the recipients of generated posts, once a post, when it is published.

        The mails are rows of this transaction: they exist if the publication does.
        """
        for post in self:
            generation = post.blog_ai_generation_id
            if (
                post.is_published
                and generation.recipient_ids
                and not generation.notified_at
            ):
                generation.notified_at = fields.Datetime.now()
                post._blog_ai_mail(generation.recipient_ids)

    def _blog_ai_mail(self, partners):
        """One mail a language, each recipient in his own; sent soon by Odoo's queue."""
        self.ensure_one()
        template = self.env.ref("blog_ai_generator.mail_template_post_published")
        for lang, group in partners.grouped("lang").items():
            template.with_context(recipient_lang=lang or self.env.lang).send_mail(
                self.id, email_values={"recipient_ids": [(6, 0, group.ids)]}
            )
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
