# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Faults in the life of a server: much work, few connections, updates."""

import json
import re
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from ..benchmark.phases import SLOTS
from ..live.client import Client, wait_until
from .fault import PREFORK, fault, situation
from .scene import GRACE, LEASE, SECONDS, WIDTH, Batch, Scene
from .verdict import Verdict

ADDON = "blog_ai_generator"
MANY, MANY_PATIENCE = 2000, 400
SLOTS_DUE = 50
# Minutes between two runs, as an administrator sets them.
INTERVAL = 7
AWAY = 4.0  # seconds

QUEUE = """
provider = env["blog.ai.provider"].search([("name", "=", "Fake LLM")])
ids = env["blog.ai.generation"].create(
    [
        {
            "topic": f"Meadow number {number}",
            "blog_id": blog,
            "provider_id": provider.id,
            "model": "good",
        }
        for number in range(count)
    ]
).ids
print(json.dumps(ids))
"""
DUE = "SELECT id, topic FROM blog_ai_generation WHERE slot_id = ANY(%s)"
INTERVALS = """
    SELECT interval_number FROM ir_cron WHERE id = (
        SELECT res_id FROM ir_model_data
         WHERE module = 'blog_ai_generator' AND name = 'cron_slots')
"""
CHANGE = """
    UPDATE ir_cron SET interval_number = %s WHERE id = (
        SELECT res_id FROM ir_model_data
         WHERE module = 'blog_ai_generator' AND name = 'cron_slots')
"""
POSTS = "SELECT count(*) FROM blog_post"
FIRST = "SELECT min(id) FROM blog_post WHERE blog_ai_generation_id = ANY(%s)"
LABEL = "Artificial intelligence (AI) wrote this text"
COVER = re.compile(r"(?<=url\()/web/image/[^)&'\"]+")


@fault("the filestore is away for 4 s", 2)
def filestore(scene: Scene) -> None:
    folder = scene.server.folder / "filestore" / scene.server.database
    away = Path(f"{folder}-away")
    folder.rename(away)
    time.sleep(AWAY)
    wait_until(lambda: is_back(folder, away))


def is_back(folder: Path, away: Path) -> bool:
    """Put the filestore back; False if Odoo has just written to a new one."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        away.rename(folder)
    return not away.exists()


@situation("2,000 posts are queued", 1)
def many(scene: Scene) -> Verdict:
    scene.server.llm.reset()
    printed = scene.server.shell(QUEUE, count=MANY, blog=scene.blog_id)
    ids = json.loads(printed.splitlines()[-1])
    since = time.monotonic()
    topics = [f"Meadow number {number}" for number in range(MANY)]
    return scene.verdict(Batch(ids, topics), since, MANY_PATIENCE)


@situation("50 slots are due", 1)
def slots(scene: Scene) -> Verdict:
    scene.server.llm.reset()
    names = [f"Slot {nth}" for nth in range(SLOTS_DUE)]
    printed = scene.server.shell(SLOTS, names=names)
    since, slots = time.monotonic(), json.loads(printed.splitlines()[-1])
    # The verdict counts those that are late.
    with suppress(TimeoutError):
        wait_until(lambda: len(scene.server.sql(DUE, slots)) == SLOTS_DUE, 90.0)
    rows = scene.server.sql(DUE, slots)
    batch = Batch([row[0] for row in rows], [row[1] for row in rows])
    verdict = scene.verdict(batch, since, LEASE + GRACE)
    return verdict._replace(lost=verdict.lost + SLOTS_DUE - len(rows))


@situation("db_maxconn is 8", 2, {**PREFORK, "options": ["--db_maxconn=8"]})
def few_connections(scene: Scene) -> Verdict:
    since = time.monotonic()
    with ThreadPoolExecutor(3) as people:
        clicks = [people.submit(scene.server.admin) for _person in range(6)]
        batch = scene.ask()
        for click in clicks:
            click.result()
    return scene.verdict(batch, since, LEASE + GRACE)


@fault("-u while posts are written", 10)
def update(scene: Scene) -> None:
    scene.server.sql(CHANGE, INTERVAL)
    done = subprocess.run(
        [
            *scene.server.command(),
            *("-u", ADDON, "--stop-after-init", "--no-http", "--workers=0"),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode or scene.server.sql(INTERVALS) != [(INTERVAL,)]:
        raise RuntimeError(f"-u: {done.returncode}\n{done.stderr[-1000:]}")


@situation("uninstalled while posts are written", 1, spoils=True)
def uninstall(scene: Scene) -> Verdict:
    """Lost are posts, a picture or a label of before; stuck are calls that go on."""
    first = scene.ask(WIDTH, "good")
    before = scene.verdict(first, time.monotonic(), LEASE)
    ((post,),) = scene.server.sql(FIRST, first.ids)
    batch = scene.ask()
    scene.wait_in_flight()
    since = time.monotonic()
    ((posts,),) = scene.server.sql(POSTS)
    admin = scene.server.admin()
    picture = picture_of(admin, scene.blog_id, post)
    if not has_label(admin, scene.blog_id, post):
        raise RuntimeError("The page has no label that could get lost.")
    ids = admin.call("ir.module.module", "search", [("name", "=", ADDON)])
    admin.call("ir.module.module", "button_immediate_uninstall", ids)
    time.sleep(SECONDS)
    ((left,),) = scene.server.sql(POSTS)
    admin = scene.server.admin()
    is_lost = picture_of(admin, scene.blog_id, post) != picture
    is_unlabelled = not has_label(admin, scene.blog_id, post)
    return Verdict(
        lost=max(posts - left, 0) + before.lost + is_lost + is_unlabelled,
        doubled=None,
        stuck=scene.server.llm.in_flight,
        paid_twice=scene.paid_twice(batch),
        settled=time.monotonic() - since,
    )


def picture_of(client: Client, blog_id: int, post: int) -> bytes:
    page = client.get(f"/blog/{blog_id}/{post}").text
    return client.get(COVER.search(page)[0]).content


def has_label(client: Client, blog_id: int, post: int) -> bool:
    return LABEL in client.get(f"/blog/{blog_id}/{post}").text
