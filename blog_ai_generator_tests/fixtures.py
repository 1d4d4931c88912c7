# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Create the records that the tours start from, equal for every runner.

Tours name these records as a person reads them on the screen. ``env`` is Odoo's or an
Odooly client's: every call used here means the same in both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone

WRITERS = ("vera", "max")
GOOD_KEY = "sk-good-0123456789"
BAD_KEY = "bad-key-0123456789"
# A PNG of one pixel, in Base64.
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    "AABJRU5ErkJggg=="
)
# Address of the Unsplash that this addon's ``_photo_search`` asks.
UNSPLASH = "blog_ai_generator_tests.unsplash"


def prepare(env, url: str) -> None:
    """Create a blog, two writers, and a provider that uses the fake LLM server.

    :param url: base URL of the fake LLM server, up to ``/v1``; empty for the offline
        writer instead
    """
    env["blog.blog"].create({"name": "Garden Notes"})
    for login in WRITERS:
        writer(env, login)
    provider(env, "Fake LLM", url, GOOD_KEY)


def writer(env, login: str, **values):
    """Create a user who may write for the website and nothing more."""
    return user(env, login, ["website.group_website_designer"], **values)


def restricted_editor(env, login: str, **values):
    """Create a user who may change pages, but neither generate posts nor configure."""
    return user(env, login, ["website.group_website_restricted_editor"], **values)


def administrator(env, login: str, **values):
    """Create a user with the rights of the first administrator."""
    groups = env.ref("base.user_admin").group_ids.ids
    values = {"group_ids": [(6, 0, groups)], "tour_enabled": False, **values}
    return user(env, login, [], **values)


def user(env, login: str, groups: list[str], **values):
    """Create a user.

    The default password is that of Odoo's ``new_test_user``: the login, padded to eight
    characters.
    """
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
    """Create a provider with prices, so that posts cost something.

    :param url: empty for the offline writer
    :param model: name of a behaviour of the fake LLM server
    """
    if not url:
        return env["blog.ai.provider"].create({"name": name, "preset": "offline"})
    created = env["blog.ai.provider"].create(
        {
            "name": name,
            "preset": "compatible",
            "base_url": url,
            "model": model,
            "price_in": 1.0,
            "price_out": 4.0,
            # High enough that only the database's own limit counts.
            "calls_at_once": 64,
        }
    )
    created.set_api_key(key)
    return created


def voice(env, name: str, *blogs) -> None:
    """Create a voice with one trait; these blogs speak in it."""
    values = {"name": name, "audience": "people who sail at weekends"}
    created = env["blog.ai.voice"].create(values)
    for blog in blogs:
        blog.write({"blog_ai_voice_id": created.id})


def named(env, model: str, name: str):
    return env[model].search([("name", "=", name)]).ensure_one()


def published_post(env, name: str):
    """Publish a post of the garden's blog that a person wrote."""
    blog = named(env, "blog.blog", "Garden Notes")
    return env["blog.post"].create(
        {"name": name, "blog_id": blog.id, "is_published": True}
    )


def default_provider_with_wrong_key(env, url: str) -> None:
    """Let the company write with a provider that refuses its key."""
    company = env.user.company_id
    company.blog_ai_provider_id = provider(env, "Fake LLM, wrong key", url, BAD_KEY)


def one_attempt(env) -> None:
    """Make failures final at once."""
    set_limit(env, "max_attempts", 1)


def set_limit(env, name: str, value: int) -> None:
    """Set a limit of the product.

    :param name: a field of ``Limits``
    """
    env["ir.config_parameter"].set_param(f"blog_ai_generator.{name}", str(value))


def blog_with_pictures(env, name: str):
    """Create a blog whose covers the working provider makes."""
    provider = named(env, "blog.ai.provider", "Fake LLM")
    return env["blog.blog"].create(
        {
            "name": name,
            "blog_ai_cover": "generated",
            "blog_ai_picture_provider_id": provider.id,
            "blog_ai_picture_model": provider.model,
        }
    )


@contextmanager
def library_picture(env, name: str):
    """Keep a picture in the media library of the website editor for a while."""
    values = {"name": name, "datas": PIXEL, "public": True, "res_model": "ir.ui.view"}
    picture = env["ir.attachment"].create(values)
    yield picture
    picture.unlink()


@contextmanager
def unsplash(env, root: str) -> Iterator[None]:
    """Look for photos on the fake LLM server for a while, as with a key for Unsplash.

    :param root: its URL without a path
    """
    parameters = env["ir.config_parameter"]
    parameters.set_param(UNSPLASH, f"{root}/unsplash")
    yield
    parameters.set_param(UNSPLASH, "")


def slot(env, name: str, **values):
    """Create a daily slot of the garden's blog with the working provider."""
    values.setdefault("blog_id", named(env, "blog.blog", "Garden Notes").id)
    values.setdefault("provider_id", named(env, "blog.ai.provider", "Fake LLM").id)
    return env["blog.ai.slot"].create({"name": name, "lang": "en_US", **values})


def slot_with_topic(env, name: str, topic: str, **values):
    """Create a blog with one topic, and a daily slot of the same name for it."""
    blog = env["blog.blog"].create({"name": name})
    env["blog.ai.topic"].create({"name": topic, "blog_id": blog.id})
    return slot(env, name, blog_id=blog.id, **values)


def blog_with_budget(env, name: str, amount: float):
    """Create a blog that may spend this much in a month, in US dollars."""
    return env["blog.blog"].create({"name": name, "blog_ai_budget": amount})


def noon_zone() -> str:
    """Return a time zone in which it is about noon, so that its day does not end."""
    behind = datetime.now(timezone.utc).hour - 12
    return f"Etc/GMT{behind:+d}" if behind else "UTC"


def write_with(env, name: str) -> None:
    """Make this provider the company's default."""
    env.user.company_id.blog_ai_provider_id = named(env, "blog.ai.provider", name)


def add_default_recipient(env, partner) -> None:
    """Add the partner to those who are notified of the company's posts by default.

    Existing recipients stay: journeys run side by side.
    """
    env.user.company_id.write({"blog_ai_recipient_ids": [(4, partner.id)]})


@contextmanager
def second_language(env, code: str) -> Iterator[str]:
    """Offer a second language on every website for a while.

    Its words are not loaded, which would take long; pages keep those of English.

    :return: the beginning of the paths of its pages
    """
    langs = env["res.lang"].with_context(active_test=False)
    lang = langs.search([("code", "=", code)]).ensure_one()
    lang.write({"active": True})
    websites = env["website"].search([])
    websites.write({"language_ids": [(4, lang.id)]})
    yield lang.url_code
    websites.write({"language_ids": [(3, lang.id)]})
    lang.write({"active": False})
