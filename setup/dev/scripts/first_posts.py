"""Input of `odoo shell`, for a new site: a blog of a small workshop with four posts.

The offline writer has texts of its own for three of them. The oldest one is a person's,
and old enough for *Posts to Refresh*. The blog has a voice, and the website French.
"""

import base64
import json
from datetime import datetime, timedelta

from odoo.addons.blog_ai_generator.pictures import draw_cover

AUTHOR = ("Mara Lindgren", "mara")
BLOG = ("Notes from the workshop", "Bicycles, tools, and what we learned from both")
IN_FRENCH = ("Notes de l'atelier", "Des vélos, des outils et ce qu'ils nous ont appris")
TAG = "Bicycles"
# Each one links to those before it, and is as many days old.
TOPICS = {
    "Choosing a bicycle for the daily ride to work": 23,
    "How to clean a bicycle chain in ten minutes": 9,
    "What a bicycle needs before the first frost": 0,
}
OLDEST = 210  # days
COVER = {
    "background_color_class": "o_cc4",
    "background-image": "none",
    "opacity": "0",
    "resize_class": "cover_auto",
}
WAITING = (
    "How to lock a bicycle so that it is still there tomorrow",
    "Why good mudguards matter more than a light frame",
    "What a first service costs, and what it includes",
)
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 250 40" width="250"
 height="40"><g fill="none" stroke="#0a5c52" stroke-width="3"><circle cx="20" cy="20"
 r="16"/><circle cx="20" cy="20" r="3"/><path d="M20 4v32M4 20h32M9 9l22 22M31 9L9 31"
 stroke-width="1"/></g><text x="46" y="27" font-family="sans-serif" font-size="20"
 fill="#0a5c52">Lindgren Bicycles</text></svg>"""
# Templates of Odoo's footer, their words, and the words to put there.
FOOTERS = ("website.footer_custom", "website.footer_copyright_company_name")
FOOTER = {
    "Company name": "Lindgren Bicycles",
    "We are a team of passionate people whose goal is to improve everyone's life "
    "through disruptive products. We build great products to solve your business "
    "problems.": "We sell, mend and lend bicycles, and we like to explain how.",
    "Our products are designed for small to medium size companies willing to optimize "
    "their performance.": "Come by from Tuesday to Saturday, from eight to six.",
    "info@yourcompany.example.com": "hello@example.com",
}
WELCOME = """
<section class="s_text_block pt32 pb32"><div class="container">
<p>There is a bench by the window, a kettle that is never cold, and a bicycle on the
stand. While we work on it, people ask questions, and the good ones come back every
season. From now on we write the answers down.</p>
<p>Come by if something is missing, or if you know better. The door is open from
eight.</p></div></section>
"""


def first_posts(env) -> None:
    blog = env["blog.blog"].search([], limit=1)
    blog.write(
        {
            "name": BLOG[0],
            "subtitle": BLOG[1],
            "cover_properties": json.dumps(COVER),
            "blog_ai_voice_id": env.ref("blog_ai_generator.voice_plain").id,
        }
    )
    logo = base64.b64encode(LOGO.encode())
    env.company.write(
        {"name": "Lindgren Bicycles", "email": "hello@example.com", "logo": logo}
    )
    dress(env, blog)
    author = add_author(env)
    tag = env["blog.tag"].create({"name": TAG})
    brief = {"tag_ids": [(6, 0, tag.ids)], "author_id": author.id, "publish": True}
    welcome(env, blog, author)
    reader = env.ref("base.user_admin").partner_id
    reader.email = "admin@example.com"
    writing = env["blog.ai.generation"].with_user(author.user_ids[:1]).sudo()
    for topic, days in TOPICS.items():
        written = writing.write_post(
            topic, blog, **brief, recipient_ids=[(6, 0, reader.ids)]
        )
        written.post_id.post_date = days_ago(days)
        check(written, author)
    env["blog.ai.topic"].create(
        [{"name": name, "blog_id": blog.id, "tag_ids": tag.ids} for name in WAITING]
    )
    env.cr.commit()
    env["mail.mail"].process_email_queue()


def dress(env, blog) -> None:
    """Give the website a name, a logo, a footer, a home page and a second language."""
    website = env["website"].search([], limit=1)
    home = f"/blog/{env['ir.http']._slug(blog)}"
    name = env.company.name
    website.write({"name": name, "logo": env.company.logo, "homepage_url": home})
    for footer in map(env.ref, FOOTERS):
        arch = footer.arch_db
        for theirs, ours in FOOTER.items():
            arch = arch.replace(theirs, ours)
        footer.arch_db = arch
    # Install French after that: it would otherwise keep the footers' earlier text.
    french = env["res.lang"]._activate_lang("fr_FR")
    installing = {"lang_ids": french.ids, "website_ids": website.ids}
    env["base.language.install"].create(installing).lang_install()
    name, subtitle = IN_FRENCH
    blog.with_context(lang="fr_FR").write({"name": name, "subtitle": subtitle})


def add_author(env):
    """Return the person who signs the posts, who may also log in."""
    name, login = AUTHOR
    groups = ("base.group_user", "website.group_website_designer")
    values = {
        "name": name,
        "login": login,
        "password": login,
        "email": f"{login}@example.com",
        "group_ids": [(6, 0, [env.ref(group).id for group in groups])],
    }
    users = env["res.users"].with_context(no_reset_password=True)
    return users.create(values).partner_id


def welcome(env, blog, author) -> None:
    title = "The kettle is on: welcome to our workshop"
    post = env["blog.post"].create(
        {
            "name": title,
            "subtitle": "Why a bicycle shop begins to write",
            "blog_id": blog.id,
            "author_id": author.id,
            "content": WELCOME,
            "is_published": True,
            "post_date": days_ago(OLDEST),
        }
    )
    pictures = env["ir.attachment"]
    drawn = draw_cover(title, blog._blog_ai_drawing_style(), "kettle")
    values = pictures._blog_ai_prepare_cover(drawn, title)
    pictures = pictures.create([{**value, "res_id": post.id} for value in values])
    post.write(pictures._blog_ai_cover_values())


def check(written, author) -> None:
    """Fail unless a post has all that the first minute is to show."""
    post = written.post_id
    lacking = [
        name
        for name, found in {
            "its author": post.author_id == author,
            "a cover": "/web/image/" in (post.cover_properties or ""),
            "a link to another post": written.linked_pages,
            "a label": post._blog_ai_label(),
            "its visitors": post.is_published,
        }.items()
        if not found
    ]
    if lacking:
        why = " ".join((written.error or written.repairs or "").split())
        raise SystemExit(
            f"The first post “{written.topic}” lacks {', '.join(lacking)}. {why}"
        )


def days_ago(days: int) -> datetime:
    return datetime.now().replace(microsecond=0) - timedelta(days)


first_posts(env)  # noqa: F821
