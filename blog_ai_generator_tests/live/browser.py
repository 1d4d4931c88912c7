# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Chromium, driven from any thread: each person in a window and session of his own."""

import asyncio
import shutil
import threading
from collections.abc import Coroutine
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.async_api import Error, async_playwright

# As Odoo's own tests look for it.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
# Without it the renderer of Chromium 156 dies when a tour has clicked a link in the
# website preview. Older versions do not mind the flag.
FLAGS = ("--disable-blink-features=ClearCrossOriginRelatedTarget",)
# Should a request not be answered here: nobody waits for the fonts of others.
NOWHERE_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {host}"
TIME_ZONE = "UTC"
DESKTOP = {"viewport": {"width": 1366, "height": 768}}
PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True}
LOGIN_PATIENCE = 30.0  # seconds until the first page after the login stands
TOUR_PATIENCE = 90.0  # seconds for a whole tour; each of its steps has 10 or 30
READY = """(name) => {
    try { odoo.isTourReady(name).then(() => { window.tourReady = name; }); } catch {}
    return window.tourReady === name;
}"""
START = "([name, options]) => { odoo.startTour(name, options); }"
# What the network, not a script, reports: a 404 that a tour wants to see, a font; and
# the website's editor, fetched ahead, when a person leaves the page meanwhile. What a
# tour really misses is missed by its next step.
NETWORK = ("Failed to load resource", "AssetsLoadingError")


class TourFailed(Exception):
    """A tour came to no good end; the text says at which step and why."""


class Browser:
    """One Chromium with a thread of its own that talks to it; for a ``with`` block.

    :param site: where Odoo is, without a path; nothing else can be reached
    :raise LookupError: there is no Chromium on the PATH
    """

    def __init__(self, site: str):
        found = filter(None, map(shutil.which, NAMES))
        self._path = next(found, None)
        if not self._path:
            raise LookupError("No Chromium on the PATH: install Debian's chromium.")
        host = urlsplit(site).hostname
        self._site, self._flags = site, [*FLAGS, NOWHERE_ELSE.format(host=host)]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="browser", daemon=True
        )

    def __enter__(self) -> "Browser":
        self._thread.start()
        self.run(self._launch())
        return self

    def __exit__(self, *_error) -> None:
        self.run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _launch(self) -> None:
        self._playwright = await async_playwright().start()
        # Playwright's default is no sandbox of Chromium's own, which root can't have.
        self._chromium = await self._playwright.chromium.launch(
            executable_path=self._path, args=self._flags
        )

    async def _end(self) -> None:
        await self._chromium.close()
        await self._playwright.stop()

    def run(self, coroutine: Coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def open(self, database: str, address: str, phone: bool) -> "Page":
        """A window of somebody who has never been there.

        :param address: the person's, for a server that believes its proxy
        """
        page = Page(self, self._site, database)
        self.run(page.open(self._chromium, address, PHONE if phone else DESKTOP))
        return page


class Page:
    """One window; its methods may be called from any thread."""

    def __init__(self, browser: Browser, site: str, database: str):
        self._browser, self._site, self._database = browser, site, database
        self.loads = 0  # documents since the tour began
        self._end: asyncio.Future | None = None

    async def open(self, chromium, address: str, screen: dict) -> None:
        """To be awaited in the browser's own thread."""
        self._context = await chromium.new_context(
            base_url=self._site,
            timezone_id=TIME_ZONE,
            extra_http_headers={
                "X-Forwarded-For": address,
                "X-Forwarded-Host": self._site.partition("://")[2],
                "X-Forwarded-Proto": self._site.partition(":")[0],
            },
            **screen,
        )
        await self._context.route(self._is_elsewhere, _nothing)
        await self._context.tracing.start(screenshots=True, snapshots=True)
        self._page = await self._context.new_page()
        self._page.on("console", self._heard)
        self._page.on("pageerror", lambda error: self._fail(error.message))
        self._page.on("crash", lambda _page: self._fail("The page crashed."))
        self._page.on("domcontentloaded", self._loaded)

    def _is_elsewhere(self, url: str) -> bool:
        return url.startswith("http") and not url.startswith(f"{self._site}/")

    def log_in(self, login: str, password: str, url: str) -> None:
        """Log in as a person does, and go on to ``url`` with the tours at hand."""
        self._browser.run(self._log_in(login, password, url))

    async def _log_in(self, login: str, password: str, url: str) -> None:
        page = self._page
        page.set_default_timeout(LOGIN_PATIENCE * 1000)
        mark = "&" if "?" in url else "?"
        query = {"db": self._database, "redirect": f"{url}{mark}debug=tests"}
        await page.goto(f"/web/login?{urlencode(query)}")
        await page.fill("input[name=login]", login)
        await page.fill("input[name=password]", password)
        async with page.expect_navigation(wait_until="commit"):
            await page.press("input[name=password]", "Enter")

    def wait_for_tour(self, name: str, seconds: float) -> None:
        """
        :raise TourFailed: the page has not learned of the tour by then
        """
        self._browser.run(self._wait_for_tour(name, seconds))

    async def _wait_for_tour(self, name: str, seconds: float) -> None:
        try:
            await self._page.wait_for_function(READY, arg=name, timeout=seconds * 1000)
        except Error as error:
            raise TourFailed(
                f"{self._page.url} is not ready for the tour {name}: {error.message}"
            ) from None

    def fetch_bundle(self, name: str, seconds: float) -> None:
        """Have the files of an asset bundle compiled."""
        self._browser.run(self._fetch_bundle(name, seconds))

    async def _fetch_bundle(self, name: str, seconds: float) -> None:
        get, patience = self._context.request.get, seconds * 1000
        answer = await get(f"/web/bundle/{name}?lang=en_US", timeout=patience)
        for asset in await answer.json():
            if asset.get("src"):
                await get(asset["src"], timeout=patience)

    def tour(self, name: str, url: str) -> None:
        """Run a tour from the page that is open, ``url``.

        :raise TourFailed: it failed, or took too long
        """
        self._browser.run(self._tour(name, url))

    async def _tour(self, name: str, url: str) -> None:
        await self._wait_for_tour(name, LOGIN_PATIENCE)
        self._end = asyncio.get_running_loop().create_future()
        self.loads = 0
        options = {"stepDelay": 0, "startUrl": url}
        await self._page.evaluate(START, [name, options])
        try:
            await asyncio.wait_for(self._end, TOUR_PATIENCE)
        except asyncio.TimeoutError:
            raise TourFailed(
                f"{name} did not end within {TOUR_PATIENCE:.0f} s."
            ) from None
        finally:
            self._end = None

    def wait_for(self, selector: str, seconds: float) -> None:
        """
        :raise TourFailed: nothing of that kind is seen by then
        """
        self._browser.run(self._wait_for(selector, seconds))

    async def _wait_for(self, selector: str, seconds: float) -> None:
        try:
            await self._page.wait_for_selector(selector, timeout=seconds * 1000)
        except Error as error:
            raise TourFailed(error.message) from None

    def keep(self, folder: Path, name: str) -> None:
        """Keep what is on the screen, and the trace of how it came to that."""
        folder.mkdir(parents=True, exist_ok=True)
        self._browser.run(self._keep(folder, name))

    async def _keep(self, folder: Path, name: str) -> None:
        await self._page.screenshot(path=folder / f"{name}.png")
        await self._context.tracing.stop(path=folder / f"{name}.zip")

    def close(self) -> None:
        self._browser.run(self._context.close())

    def _loaded(self, _page) -> None:
        self.loads += 1

    def _heard(self, message) -> None:
        if message.text == "tour succeeded":
            if self._end and not self._end.done():
                self._end.set_result(None)
        elif message.type == "error" and not message.text.startswith(NETWORK):
            self._fail(message.text)

    def _fail(self, text: str) -> None:
        if self._end and not self._end.done():
            self._end.set_exception(TourFailed(text))


async def _nothing(route) -> None:
    """Answer for another site, as Odoo does in its own tests.

    A stylesheet whose ``@import`` of fonts fails counts as failed as a whole.
    """
    is_style = route.request.resource_type == "stylesheet"
    await route.fulfill(body="", content_type="text/css" if is_style else "text/plain")
