"""Take the pictures of the documents: pictures.py SITE EMAILS FOLDER.

SITE is the address of a site that `picture_posts.py` has prepared, EMAILS that of the
page with its emails. Each picture in FOLDER is 1280 pixels wide, with a palette.
"""

import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Page, sync_playwright

WIDTH = 1280
FROST = "What a bicycle needs before the first frost"
LOCK = "How to lock a bicycle so that it is still there tomorrow"
CALL = """([model, method, args]) => fetch(`/web/dataset/call_kw/${model}/${method}`, {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify({params: {model, method, args, kwargs: {}}}),
}).then((answer) => answer.json()).then((answer) => answer.result)"""


class Shot(NamedTuple):
    """A picture of a screen.

    :param path: of the screen; `{id}` is that of the record `about`
    :param shows: selector of what must be there before the picture is taken
    :param about: model and name of a record
    :param prepare: called with the page before the picture is taken
    """

    name: str
    height: int
    path: str
    shows: str
    about: tuple[str, str] | None = None
    prepare: Callable[[Page], None] | None = None


def fill_in(page: Page) -> None:
    page.click("button:has-text('Write a post')")
    window = page.locator(".modal .o_form_view")
    window.locator("[name=topic] input, [name=topic] textarea").first.fill(
        "A first ride with panniers"
    )
    window.locator("[name=notes] textarea").fill(
        "How to load them, what changes in a bend, what to leave at home. No brands."
    )
    window.locator("[name=translation_lang_ids] input").first.click()
    page.click(".o-autocomplete--dropdown-item:has-text('French')")
    page.click(".modal-title")
    page.wait_for_selector(".modal [name=translation_lang_ids] .o_tag")


def switch_to(view: str, shows: str) -> Callable[[Page], None]:
    def switch(page: Page) -> None:
        page.click(f".o_switch_view.o_{view}")
        page.wait_for_selector(shows)

    return switch


def show_texts(page: Page) -> None:
    page.locator("[name=blog_ai_grade]").first.evaluate("it => it.scrollIntoView()")


def show_settings(page: Page) -> None:
    page.locator("h2:has-text('Blog AI')").evaluate("it => it.scrollIntoView()")


GENERATION = "blog.ai.generation"
SHOTS = (
    Shot("wizard", 760, "/odoo/blog-ai-generations", ".o_list_view", None, fill_in),
    Shot(
        "generation", 860, "/odoo/blog-ai-generations/{id}", "[name=call_ids]",
        (GENERATION, FROST),
    ),
    Shot("topics", 560, "/odoo/blog-ai-topics", ".o_list_view .o_data_row"),
    Shot("slots", 400, "/odoo/blog-ai-slots", ".o_list_view .o_data_row"),
    Shot("slot", 900, "/odoo/blog-ai-slots/{id}", ".o_form_view", ("blog.ai.slot", "")),
    Shot("calendar", 760, "/odoo/blog-ai-calendar", ".fc-event"),
    Shot(
        "social", 760, "/odoo/blog.post/{id}", "[name=social_ids] textarea",
        ("blog.post", FROST), show_texts,
    ),
    Shot(
        "review", 620, "/odoo/blog-ai-to-review/{id}", "button[name=action_approve]",
        (GENERATION, LOCK),
    ),
    Shot("generations", 640, "/odoo/blog-ai-generations", ".o_list_view .o_data_row"),
    Shot(
        "graph", 640, "/odoo/blog-ai-generations", ".o_list_view", None,
        switch_to("graph", ".o_graph_renderer canvas"),
    ),
    Shot(
        "pivot", 580, "/odoo/blog-ai-generations", ".o_list_view", None,
        switch_to("pivot", ".o_pivot table"),
    ),
    Shot("calls", 640, "/odoo/blog-ai-calls", ".o_list_view .o_data_row"),
    Shot(
        "provider", 760, "/odoo/blog-ai-providers/{id}", ".o_form_view",
        ("blog.ai.provider", "Anthropic"),
    ),
    Shot(
        "settings", 700, "/odoo/action-website.action_website_configuration",
        "h2:has-text('Blog AI')", None, show_settings,
    ),
)  # fmt: skip


def main(site: str, emails: str, folder: Path) -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("google-chrome")
        )
        page = chromium.new_page(
            base_url=site, viewport={"width": WIDTH, "height": 900}, timezone_id="UTC"
        )
        log_in(page)
        for shot in SHOTS:
            keep(take(page, shot), folder, shot.name)
        keep(post_beside_generation(page), folder, "screenshot", 256)
        keep(take_email(page, emails), folder, "mail")
        chromium.close()


def log_in(page: Page) -> None:
    page.goto("/web/login")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click("form.oe_login_form button[type=submit]")
    page.wait_for_selector(".o_web_client, .o_main_navbar")


def take(page: Page, shot: Shot) -> Image.Image:
    page.set_viewport_size({"width": WIDTH, "height": shot.height})
    path = shot.path
    if shot.about:
        path = path.format(id=record(page, *shot.about)["id"])
    page.goto(path)
    page.wait_for_selector(shot.shows)
    if shot.prepare:
        shot.prepare(page)
    return settled(page)


def record(page: Page, model: str, name: str) -> dict:
    """Return id and address of the record with this name; of the first one without."""
    field = "topic" if model == GENERATION else "name"
    domain = [[field, "=", name]] if name else []
    fields = ["website_url"] if model == "blog.post" else ["id"]
    found = page.evaluate(CALL, [model, "search_read", [domain, fields, 0, 1, "id"]])
    return found[0]


def settled(page: Page) -> Image.Image:
    """Take a picture as soon as the page has stopped changing."""
    page.mouse.move(2, page.viewport_size["height"] - 2)  # no tooltip opens there
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.wait_for_function(
        "[...document.images].every((it) => it.complete || it.loading === 'lazy')"
        " && !document.querySelector('.o_loading_indicator, .o_blockUI')"
    )
    before, now = b"", page.screenshot(animations="disabled")
    while before != now:
        before, now = now, page.screenshot(animations="disabled")
    return Image.open(io.BytesIO(now)).convert("RGB")


def take_email(page: Page, emails: str) -> Image.Image:
    page.set_viewport_size({"width": WIDTH, "height": 860})
    page.goto(emails)
    page.locator(f"a:has-text('{FROST}')").first.click()
    page.wait_for_selector("iframe")
    return settled(page)


def post_beside_generation(page: Page) -> Image.Image:
    height = 912
    found = record(page, "blog.post", FROST)
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.goto(found["website_url"])
    page.wait_for_selector(".o_wblog_post_name")
    left = settled(page)
    generation = next(shot for shot in SHOTS if shot.name == "generation")
    right = take(page, generation._replace(height=height))
    both = Image.new("RGB", (WIDTH, height // 2), "white")
    for image, at in ((left, 0), (right, WIDTH // 2)):
        both.paste(
            image.resize((WIDTH // 2, height // 2), Image.Resampling.LANCZOS), (at, 0)
        )
    return both


def keep(picture: Image.Image, folder: Path, name: str, colors: int = 128) -> None:
    few = picture.quantize(colors, dither=Image.Dither.NONE)
    few.save(folder / f"{name}.png", optimize=True)
    sys.stdout.write(
        f"{name}.png: {(folder / f'{name}.png').stat().st_size // 1024} KB\n"
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
