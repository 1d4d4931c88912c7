# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the tours find when they start, made the same way for every runner.

Tours name these records as a person reads them on the screen.
"""

WRITERS = ("vera", "max")
GOOD_KEY = "sk-good-0123456789"
BAD_KEY = "bad-key-0123456789"


def prepare(env, url: str) -> None:
    """A blog, two people who write for it, and a provider in a box.

    :param url: base URL of the provider in a box, up to ``/v1``
    """
    env["blog.blog"].create({"name": "Garden Notes"})
    for login in WRITERS:
        writer(env, login)
    provider(env, "Box", url, GOOD_KEY)


def writer(env, login: str):
    """Somebody who may write for the website and nothing more; password as Odoo's
    own ``new_test_user``: the login, padded to eight characters."""
    return (
        env["res.users"]
        .with_context(no_reset_password=True, mail_create_nolog=True)
        .create(
            {
                "name": login.capitalize(),
                "login": login,
                "password": login + "x" * (8 - len(login)),
                "email": f"{login}@example.com",
                "group_ids": [
                    (
                        6,
                        0,
                        [
                            env.ref("base.group_user").id,
                            env.ref("website.group_website_designer").id,
                        ],
                    )
                ],
            }
        )
    )


def provider(env, name: str, url: str, key: str, model: str = "good"):
    """A provider in a box, with prices, so that posts cost something."""
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


def default_provider_with_wrong_key(env, url: str) -> None:
    """The company writes with a provider that refuses its key."""
    env.company.blog_ai_provider_id = provider(env, "Box, wrong key", url, BAD_KEY)


def one_short_attempt(env) -> None:
    """Failures are final at once, and a call that hangs ends after five seconds."""
    parameters = env["ir.config_parameter"]
    parameters.set_param("blog_ai_generator.max_attempts", "1")
    parameters.set_param("blog_ai_generator.call_timeout", "5")


def slot(env, name: str, **values):
    """A daily slot of the garden's blog that writes with the good box."""
    return env["blog.ai.slot"].create(
        {
            "name": name,
            "blog_id": env["blog.blog"].search([("name", "=", "Garden Notes")]).id,
            "provider_id": env["blog.ai.provider"].search([("name", "=", "Box")]).id,
            "lang": "en_US",
            **values,
        }
    )


def slot_with_topic(env, name: str, topic: str, **values):
    """A daily slot of a blog of its own, of the same name, with one topic waiting."""
    blog = env["blog.blog"].create({"name": name})
    env["blog.ai.topic"].create({"name": topic, "blog_id": blog.id})
    return slot(env, name, blog_id=blog.id, **values)


def reviewed_slot(env, name: str, topic: str, login: str):
    """A slot whose drafts somebody has to approve, with one topic waiting."""
    reviewer = env["res.users"].search([("login", "=", login)])
    return slot_with_topic(env, name, topic, reviewer_id=reviewer.id)


def write_with(env, name: str) -> None:
    """The company writes with this provider unless somebody chooses another one."""
    env.company.blog_ai_provider_id = env["blog.ai.provider"].search(
        [("name", "=", name)]
    )
