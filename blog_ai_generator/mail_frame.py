# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The frame of our emails: logo and preheader, the look of a button, a footer.

It is text instead of a view, because each email would read the view from the database.
Styles are inline, as most mail programs want them; the others also get colors for the
dark and widths for a phone. ``mail_body.py`` knows the classes.
"""

from markupsafe import Markup

ACCENT, ON_ACCENT = "#875A7B", "#FFFFFF"
FONTS = Markup("-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif")
BUTTON = (
    "background-color: %(accent)s; border-radius: 6px; color: %(on_accent)s; "
    "display: inline-block; font-weight: 600; padding: 12px 22px; "
    "text-decoration: none;"
)
STYLES = Markup("""
<style class="o_blog_ai_skip">
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .o_blog_ai_mail { background-color: #15171C !important; }
  .o_blog_ai_card { background-color: #22252D !important;
    border-color: #363B47 !important; color: #E8EAEE !important; }
  .o_blog_ai_card a.o_blog_ai_title { color: #E8EAEE !important; }
  .o_blog_ai_box { background-color: #2B2F39 !important;
    border-color: #434957 !important; }
  .o_blog_ai_quiet, .o_blog_ai_quiet a { color: #A9B0BD !important; }
  .o_blog_ai_link { color: #9CC2FF !important; }
  .o_blog_ai_warning { color: #FF9AA2 !important; }
  .o_blog_ai_logo { background-color: #FFFFFF !important; }
}
@media (max-width: 480px) {
  .o_blog_ai_mail { padding: 12px 0 !important; }
  .o_blog_ai_card { border-left: 0 !important; border-radius: 0 !important;
    border-right: 0 !important; padding: 20px 16px !important; }
}
</style>
""")
TOP = Markup("""
<div class="o_blog_ai_mail" style="background-color: #F1F1F3; color: #1F2430;
 font-family: %(fonts)s; font-size: 16px; line-height: 1.5; margin: 0;
 overflow-wrap: break-word; padding: 24px 12px;">
%(styles)s
<div class="o_blog_ai_skip" style="display: none; font-size: 1px; line-height: 1px;
 max-height: 0; max-width: 0; opacity: 0; overflow: hidden;">%(preheader)s</div>
<div style="margin: 0 auto; max-width: 600px;">
<div class="o_blog_ai_card" style="background-color: #FFFFFF;
 border: 1px solid #E0E2E7; border-radius: 8px; color: #1F2430; padding: 28px 32px;">
<div class="o_blog_ai_skip" style="margin: 0 0 20px 0;">
<img class="o_blog_ai_logo" src="%(logo)s" alt="%(name)s" height="40"
 style="border: 0; border-radius: 4px; color: inherit; font-weight: 600; height: 40px;
 max-width: 220px; object-fit: contain; width: auto;"/>
</div>
""")
FOOT = Markup("""
</div>
<div class="o_blog_ai_quiet" style="color: #5B6270; font-size: 13px;
 padding: 16px 16px 0 16px; text-align: center;">
<div>%(sender)s</div>
""")
END = Markup("""
%(unsubscribe)s
</div>
</div>
</div>
""")
UNSUBSCRIBE = Markup("""
<div class="o_blog_ai_for_others"><a href="%(url)s"
 style="color: #5B6270; text-decoration: underline;">%(label)s</a></div>
""")


def top(name: str, logo: str, preheader: str) -> Markup:
    """Return what comes before an email's own text; :func:`end` closes it.

    :param name: of the sender, for whoever does not see the logo
    :param logo: its address
    :param preheader: what a list of emails shows beside the subject
    """
    return TOP % {
        "fonts": FONTS,
        "styles": STYLES,
        "name": name,
        "logo": logo,
        "preheader": preheader,
    }


def button(accent: str, on_accent: str) -> str:
    return BUTTON % {"accent": accent or ACCENT, "on_accent": on_accent or ON_ACCENT}


def foot(sender: str) -> Markup:
    """Return the beginning of the footer, after which the email says why it is sent.

    :param sender: name, telephone and address
    """
    return FOOT % {"sender": sender}


def end(url: str = "", label: str = "") -> Markup:
    """Return the end of the footer.

    :param url: of the page that ends the emails, with its ``label``
    """
    unsubscribe = UNSUBSCRIBE % {"url": url, "label": label} if url else ""
    return END % {"unsubscribe": unsubscribe}
