# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the tours find when they start, made the same way for every runner.

Tours name these records as a person reads them on the screen. ``env`` is Odoo's, or
that of an Odooly client: what is used here means the same in both.
"""

from datetime import datetime, timezone

WRITERS = ("vera", "max")
GOOD_KEY = "sk-good-0123456789"
BAD_KEY = "bad-key-0123456789"


def prepare(env, url: str) -> None:
    """A blog, two people who write for it, and a fake LLM server.

    :param url: base URL of the fake LLM server, up to ``/v1``; without one, the
        offline writer stands in for it
    """
    env["blog.blog"].create({"name": "Garden Notes"})
    for login in WRITERS:
        writer(env, login)
    provider(env, "Fake LLM", url, GOOD_KEY)


def writer(env, login: str, **values):
    """Somebody who may write for the website and nothing more."""
    return user(env, login, ["website.group_website_designer"], **values)


def restricted_editor(env, login: str, **values):
    """Somebody who may change pages, but neither write with models nor set them up."""
    return user(env, login, ["website.group_website_restricted_editor"], **values)


def administrator(env, login: str, **values):
    """Somebody who may do all that the first administrator may."""
    groups = env.ref("base.user_admin").group_ids.ids
    values = {"group_ids": [(6, 0, groups)], "tour_enabled": False, **values}
    return user(env, login, [], **values)


def user(env, login: str, groups: list[str], **values):
    """A user; unless the values say otherwise, with the password of Odoo's own
    ``new_test_user``: the login, padded to eight characters."""
    groups = [env.ref(group).id for group in ["base.group_user", *groups]]
    return (
        env["res.users"]
        .with_context(no_reset_password=True, mail_create_nolog=True)
        .create(
            {
                "name": login.capitalize(),
                "login": login,
                "password": login + "x" * (8 - len(login)),
                "email": f"{login}@example.com",
                "group_ids": [(6, 0, groups)],
                **values,
            }
        )
    )


def provider(env, name: str, url: str, key: str, model: str = "good"):
    """A fake LLM server, with prices, so that posts cost something."""
    if not url:
        return env["blog.ai.provider"].create({"name": name, "preset": "offline"})
    return env["blog.ai.provider"].create(
        {
            "name": name,
            "preset": "compatible",
            "base_url": url,
            "api_key": key,
            "model": model,
            "price_in": 1.0,
            "price_out": 4.0,
        }
    )


def named(env, model: str, name: str):
    return env[model].search([("name", "=", name)]).ensure_one()


def default_provider_with_wrong_key(env, url: str) -> None:
    """The company writes with a provider that refuses its key."""
    company = env.user.company_id
    company.blog_ai_provider_id = provider(env, "Fake LLM, wrong key", url, BAD_KEY)


def one_short_attempt(env) -> None:
    """Failures are final at once, and a call that hangs ends after five seconds."""
    set_limit(env, "max_attempts", 1)
    set_limit(env, "call_timeout", 5)


def set_limit(env, name: str, value: int) -> None:
    """:param name: of one of the product's ``Limits``"""
    env["ir.config_parameter"].set_param(f"blog_ai_generator.{name}", str(value))


def slot(env, name: str, **values):
    """A daily slot of the garden's blog that writes with the good provider."""
    values.setdefault("blog_id", named(env, "blog.blog", "Garden Notes").id)
    values.setdefault("provider_id", named(env, "blog.ai.provider", "Fake LLM").id)
    return env["blog.ai.slot"].create({"name": name, "lang": "en_US", **values})


def slot_with_topic(env, name: str, topic: str, **values):
    """A daily slot of a blog of its own, of the same name, with one topic waiting."""
    blog = env["blog.blog"].create({"name": name})
    env["blog.ai.topic"].create({"name": topic, "blog_id": blog.id})
    return slot(env, name, blog_id=blog.id, **values)


def noon_zone() -> str:
    """A zone in which it is about noon: for slots whose day must not end meanwhile."""
    behind = datetime.now(timezone.utc).hour - 12
    return f"Etc/GMT{behind:+d}" if behind else "UTC"


def write_with(env, name: str) -> None:
    """The company writes with this provider unless somebody chooses another one."""
    env.user.company_id.blog_ai_provider_id = named(env, "blog.ai.provider", name)


def add_default_recipient(env, partner) -> None:
    """The company tells this partner of its posts, too, unless somebody says otherwise.

    Those whom it tells already stay: journeys are played at the same time.
    """
    env.user.company_id.write({"blog_ai_recipient_ids": [(4, partner.id)]})
