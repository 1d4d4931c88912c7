"""Input of `odoo shell`, on a new site: two weeks of work, for pictures of the screens.

The posts are written by the fake LLM server. Their providers have the names and models
of real ones, and no working key.
"""

from datetime import timedelta

from odoo.addons.blog_ai_generator.pump import Limits, Pump
from odoo.addons.blog_ai_generator_tests import fixtures
from odoo.addons.blog_ai_generator_tests.llm_server import LLMServer

# Topics of posts, and how many days old they are; every third one is by Anthropic.
WRITTEN = {
    "How to true a wheel without a stand": 8,
    "Five tools that fit under the saddle": 7,
    "Studded tyres: when they are worth it": 6,
    "How to carry a child safely": 5,
    "What a torque wrench is good for": 4,
    "Riding at dusk: lights that others see": 4,
    "Cleaning salt off a frame": 3,
    "How to choose a helmet that is worn": 2,
    "Gloves for wet mornings": 1,
    "Commuting by bicycle when it rains": 0,
}
FAILED = {
    "A bell that is heard": fixtures.BAD_KEY,
    "Winter storage for a bicycle": "as-error-500",
}
TO_REVIEW = "How to lock a bicycle so that it is still there tomorrow"
TOPICS = {
    "When to replace a chain": "Tools",
    "Mudguards for a racing bicycle": "Winter",
    "Where to lock a bicycle in town": "Safety",
    "A first aid kit for your bicycle": "Tools",
    "Brakes that squeal in the cold": "Winter",
}
SLOTS = (
    ("morning", "Europe/Stockholm", False),
    ("afternoon", "America/New_York", True),
    ("evening", "Europe/Stockholm", True),
)
FIRST = "What a bicycle needs before the first frost"  # topic of the first site
TYPICAL = 23.0  # seconds of a call; one of the fake server takes none
AGE = """
    UPDATE blog_ai_generation
       SET create_date = create_date - %(age)s, queued_at = queued_at - %(age)s,
           finished_at = finished_at - %(age)s, duration = %(seconds)s
     WHERE id = %(id)s;
    UPDATE blog_ai_call
       SET create_date = create_date - %(age)s, milliseconds = %(seconds)s * 1000
     WHERE generation_id = %(id)s;
    UPDATE blog_post
       SET post_date = post_date - %(age)s, published_date = published_date - %(age)s
     WHERE blog_ai_generation_id = %(id)s;
"""
RELABEL = """
    UPDATE blog_ai_generation
       SET provider_id = %(provider)s, model = %(model)s, model_answered = %(model)s,
           cost = %(cost)s, duration = %(seconds)s
     WHERE id = %(id)s;
    UPDATE blog_ai_call
       SET provider_id = %(provider)s, model = %(model)s, model_answered = %(model)s,
           cost = %(cost)s, milliseconds = %(seconds)s * 1000
     WHERE generation_id = %(id)s;
"""


def picture_posts(env, server) -> None:
    fixtures.set_limit(env, "max_attempts", 1)
    blog = env["blog.blog"].search([], limit=1)
    admin = env.ref("base.user_admin")
    admin.tour_enabled = False
    mara = env["res.users"].search([("login", "=", "mara")])
    providers = [add_provider(env, name, server) for name in ("OpenAI", "Anthropic")]
    for number, (topic, days) in enumerate(WRITTEN.items()):
        user = mara if number % 3 else admin
        generation = write(env, topic, blog, user, providers[number % 3 == 2])
        make_older(generation, number, days)
    for number, (topic, key) in enumerate(FAILED.items()):
        providers[number].set_api_key(key)
        make_older(write(env, topic, blog, mara, providers[number]), number, 1)
        providers[number].set_api_key(fixtures.GOOD_KEY)
        providers[number].action_lift_hold()
    make_older(draft_to_review(env, blog, admin, providers[0]), 0, 0)
    add_queue(env, blog, admin, providers[0])
    relabel(env, FIRST, providers[1])
    for provider in providers:
        provider.base_url = provider._preset().base_url
        provider.set_api_key(fixtures.GOOD_KEY)
    env.company.blog_ai_provider_id = providers[0]
    fixtures.set_limit(env, "max_attempts", "")
    env.cr.commit()


def add_provider(env, name: str, server):
    provider = env["blog.ai.provider"].create({"name": name, "preset": name.lower()})
    provider.write({"base_url": server.url, "price_in": 0.1, "price_out": 0.5})
    provider.set_api_key(fixtures.GOOD_KEY)
    return provider


def write(env, topic: str, blog, user, provider):
    tag = env["blog.tag"].search([], limit=1)
    generations = env["blog.ai.generation"].with_user(user).sudo()
    return generations.write_post(
        topic, blog, provider_id=provider.id, publish=True, tag_ids=[(6, 0, tag.ids)]
    )


def draft_to_review(env, blog, reviewer, provider):
    """Let a slot write the topic that is to be reviewed."""
    topics = env["blog.ai.topic"].search([("blog_id", "=", blog.id)])
    topics.filtered(lambda topic: topic.name == TO_REVIEW).action_move_first()
    slot = add_slot(env, blog, reviewer, provider, *SLOTS[0])
    slot.action_run_now()
    env.cr.commit()
    Pump(env.registry, Limits.of(env)).run()
    env.invalidate_all()
    return slot.day_ids.generation_id


def add_slot(env, blog, reviewer, provider, part: str, tz: str, publish: bool):
    french = env["res.lang"].search([("code", "=", "fr_FR")])
    return env["blog.ai.slot"].create(
        {
            "blog_id": blog.id,
            "day_part": part,
            "tz": tz,
            "publish": publish,
            "provider_id": provider.id,
            "reviewer_id": not publish and reviewer.id,
            "recipient_ids": [(6, 0, reviewer.partner_id.ids)],
            "translation_lang_ids": [(6, 0, french.ids)],
        }
    )


def add_queue(env, blog, reviewer, provider) -> None:
    tag = env["blog.tag"].search([], limit=1)
    for slot in SLOTS[1:]:
        add_slot(env, blog, reviewer, provider, *slot)
    tags = {it: env["blog.tag"].create({"name": it}) for it in {*TOPICS.values()}}
    for name, second in TOPICS.items():
        both = [(6, 0, (tag | tags[second]).ids)]
        env["blog.ai.topic"].create({"name": name, "blog_id": blog.id, "tag_ids": both})


def make_older(generation, number: int, days: int) -> None:
    generation.flush_recordset()
    seconds = TYPICAL + number * 1.7
    age = timedelta(days=days, hours=number * 5 % 7)
    values = {"id": generation.id, "age": age, "seconds": seconds}
    generation.env.cr.execute(AGE, values)
    generation.env.invalidate_all()


def relabel(env, topic: str, provider) -> None:
    """Let a provider have written a post of the first site."""
    generation = env["blog.ai.generation"].search([("topic", "=", topic)])
    model, cost = provider.model, 0.00091
    values = {"id": generation.id, "provider": provider.id, "model": model}
    env.flush_all()
    env.cr.execute(RELABEL, {**values, "cost": cost, "seconds": TYPICAL})
    env.invalidate_all()


with LLMServer() as server:
    picture_posts(env, server)  # noqa: F821
