# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Corrections of an answer: the codes of ``llm.Note``, then those of the store."""

from odoo.tools import LazyTranslate

from .message import Wording

# Made when the module is loaded: there is no environment yet, and no reader.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

NOTES = {
    "note.field_tags_removed": Wording(_lt("%(field)s: HTML tags were removed.")),
    "note.field_language_removed": Wording(
        _lt("%(field)s: text in another language was removed.")
    ),
    "note.field_replaced": Wording(
        _lt("%(field)s: missing or too short, was replaced.")
    ),
    "note.field_cut": Wording(_lt("%(field)s: too long, was cut.")),
    "note.field_address_removed": Wording(_lt("%(field)s: an address was removed.")),
    "note.field_links_removed": Wording(
        _lt("%(field)s: links, mentions or markup were removed.")
    ),
    "note.answer_mended": Wording(
        _lt("The answer was not in the form that was asked for and was corrected.")
    ),
    "note.body_line_breaks_fixed": Wording(
        _lt("Line breaks in the text were corrected.")
    ),
    "note.body_title_removed": Wording(
        _lt("A title inside the text was removed or lowered.")
    ),
    "note.body_simplified": Wording(
        _lt("The text has too many lines or marks for a page: some are plain text.")
    ),
    "note.body_links_removed": Wording(
        _lt("Links that are not allowed were removed: %(count)s.")
    ),
    "note.body_images_removed": Wording(_lt("Images were removed: %(count)s.")),
    "note.body_marks_removed": Wording(
        _lt("Marks that no page shows were converted or removed: %(count)s.")
    ),
    "note.body_tags_removed": Wording(_lt("HTML tags were removed: %(count)s.")),
    "note.placeholder": Wording(
        _lt("The text has a placeholder: %(name)s."),
        _lt("Replace it, then approve this draft, or reject it."),
    ),
    "note.glossary_always": Wording(
        _lt("Words that the voice always uses are missing: %(name)s."),
        _lt("Add them where they fit."),
    ),
    "note.glossary_never": Wording(
        _lt("Words that the voice never uses are in the text: %(name)s."),
        _lt("Replace them."),
    ),
    "note.glossary_as": Wording(
        _lt("Words that the voice replaces are in the text: %(name)s."),
        _lt("Replace them."),
    ),
    "note.outline_missing": Wording(
        _lt("Sections of the outline are missing: %(name)s."),
        _lt("Add them in the website editor, or have the post written again."),
    ),
    "note.outline_added": Wording(
        _lt("The text has sections that are not in the outline: %(name)s.")
    ),
    "note.outline_order": Wording(
        _lt("The sections are in another order than in the outline.")
    ),
    "note.keywords_missing": Wording(_lt("The keywords were missing.")),
    "note.keywords_cut": Wording(
        _lt("The keywords were too many or too long: some were cut.")
    ),
    "note.texts_missing": Wording(
        _lt("Texts that were not translated and stay as they are: %(count)s."),
        _lt("Translate them in the website editor, or translate the post again."),
    ),
    "note.formatting_lost": Wording(
        _lt("Bold or other formatting was lost in a part of the translation."),
        _lt("Add it in the website editor if it matters."),
    ),
    "note.text_changed": Wording(
        _lt(
            "Texts of the post have changed since they were sent and are not "
            "translated: %(count)s."
        ),
        _lt("Translate the post again."),
    ),
    "note.not_translated": Wording(
        _lt("The post was not translated: %(reason)s"),
        _lt("Use “Translate” on the post when that has changed."),
    ),
    "note.translation_waits": Wording(
        _lt(
            "The translation is not in the post yet: its language was switched off, or "
            "this database is a copy of another one."
        ),
        _lt("Approve it when that has changed, or reject it."),
    ),
    "note.parameter_omitted": Wording(
        _lt("The server refused %(name)s: asked again without it.")
    ),
    "note.parameter_replaced": Wording(
        _lt("The server refused %(name)s: sent %(other)s instead.")
    ),
    "note.usage_missing": Wording(_lt("The provider reported no usage.")),
    "note.finish_unknown": Wording(
        _lt("The provider ended the answer for a reason that is not known: %(name)s.")
    ),
    "note.social_cut": Wording(
        _lt("The text for %(network)s was too long with its link and was cut.")
    ),
    "note.database_copy": Wording(
        _lt("It was kept as a draft, because this database is a copy of another one.")
    ),
    "note.language_off": Wording(
        _lt(
            "%(language)s was switched off while the post was written. It was kept as "
            "a draft, as a text in the default language of the blog."
        ),
        _lt(
            "Reject it, or ask an administrator to switch the language on again and "
            "move the text to it."
        ),
        _lt("Reject it, or switch the language on again and move the text to it."),
    ),
    "note.same_title": Wording(
        _lt("Not published at once: the blog has a post or draft with the same title."),
        _lt("Change the title and approve this draft, or reject it."),
    ),
    "note.cover_chosen": Wording(
        _lt("The cover is “%(name)s” of the media library."),
        _lt("If it does not fit, choose another one in the website editor."),
    ),
    "note.picture": Wording(
        _lt("The cover is a picture that %(name)s made."),
        _lt("If it does not fit, press “Choose a cover”."),
    ),
    "note.photo": Wording(
        _lt(
            "The cover is a photo by %(name)s on Unsplash: %(link)s. The page names "
            "them below it."
        ),
    ),
    "note.no_picture": Wording(_lt("A source of covers gave no picture.")),
    "note.no_cover": Wording(
        _lt("No cover could be drawn for this post."),
        _lt("Choose a picture in the website editor, under “Cover”."),
    ),
    "note.links_gone": Wording(
        _lt(
            "Links to pages that visitors do not see any more were removed: %(count)s."
        ),
    ),
    "note.pages_unread": Wording(
        _lt(
            "Some pages of the website could not be read, so the text has no links to "
            "them."
        ),
        _lt("Ask an administrator to look at the server log, which has the cause."),
        _lt("Look at the server log, which has the cause."),
    ),
    "note.emails_refused": Wording(
        _lt("No emails were sent for this post: Odoo could only save it without them."),
        _lt("Ask an administrator to look at the technical detail and fix the cause."),
        _lt("Look at the technical detail and fix the cause."),
    ),
    "note.reviewer_no_address": Wording(
        _lt(
            "The reviewer has no valid email address, so no email about this draft was "
            "sent."
        ),
        _lt("Notify the reviewer yourself."),
    ),
    "note.reviewer_no_email": Wording(
        _lt(
            "The reviewer was not notified of this draft: the email template is broken "
            "or was deleted."
        ),
        _lt(
            "Notify the reviewer yourself, and ask an administrator to repair the "
            "template, or to upgrade the app to restore it."
        ),
        _lt(
            "Notify the reviewer yourself, and repair the template, or upgrade the app "
            "to restore it."
        ),
    ),
}
