"""Input of `odoo shell`, for a new site: a blog of a small workshop with three posts.

The offline writer has texts of its own for their topics.
"""

import base64
import json
from datetime import datetime, timedelta

AUTHOR = ("Mara Lindgren", "mara")
BLOG = ("Notes from the workshop", "Bicycles, tools, and what we learned from both")
TAG = "Bicycles"
# Each one links to those before it, and is as many days old.
TOPICS = {
    "Choosing a bicycle for the daily ride to work": 23,
    "How to clean a bicycle chain in ten minutes": 9,
    "What a bicycle needs before the first frost": 0,
}
OLDEST = 40  # days
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
# Words of Odoo's footer, and the words to put there.
FOOTER = {
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
    cover = json.dumps(COVER)
    blog.write({"name": BLOG[0], "subtitle": BLOG[1], "cover_properties": cover})
    env.company.write({"name": "Lindgren Bicycles", "email": "hello@example.com"})
    dress(env)
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
    env["blog.ai.topic"].create(
        [{"name": name, "blog_id": blog.id, "tag_ids": tag.ids} for name in WAITING]
    )
    env.cr.commit()
    env["mail.mail"].process_email_queue()


def dress(env) -> None:
    """Give the website the name, logo and footer of the workshop."""
    logo = base64.b64encode(LOGO.encode())
    website = env["website"].search([], limit=1)
    website.write({"name": "Lindgren Bicycles", "logo": logo})
    footer = env.ref("website.footer_custom")
    arch = footer.arch_db
    for theirs, ours in FOOTER.items():
        arch = arch.replace(theirs, ours)
    footer.arch_db = arch


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
    env["blog.post"].create(
        {
            "name": "The kettle is on: welcome to our workshop",
            "subtitle": "Why a bicycle shop begins to write",
            "blog_id": blog.id,
            "author_id": author.id,
            "content": WELCOME,
            "is_published": True,
            "post_date": days_ago(OLDEST),
        }
    )


def days_ago(days: int) -> datetime:
    return datetime.now().replace(microsecond=0) - timedelta(days)


first_posts(env)  # noqa: F821
