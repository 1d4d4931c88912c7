# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Drive Chromium from any thread: each person has a window and a session."""

import asyncio
import shutil
import threading
from collections.abc import Coroutine
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.async_api import Error, async_playwright

from .pace import Pace

# Names and order as in Odoo's own tests.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
# Keeps the renderer of Chromium 156 from dying when a tour clicks a link in the website
# preview. Older versions ignore the flag.
FLAGS = ("--disable-blink-features=ClearCrossOriginRelatedTarget",)
# No test waits for the fonts of other sites.
NOWHERE_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {host}"
TIME_ZONE = "UTC"
DESKTOP = {"viewport": {"width": 1366, "height": 768}}
PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True}
FIRST = Pace(4.0)  # used until the machine's own is known
READY = """(name) => {
    try { odoo.isTourReady(name).then(() => { window.tourReady = name; }); } catch {}
    return window.tourReady === name;
}"""
START = "([name, options]) => { odoo.startTour(name, options); }"
# Reports of the network, not of a script: a 404 that a tour expects, a font, or the
# website's editor, which is loaded ahead when a person leaves the page. The next step
# of a tour notices anything it really needs.
NETWORK = ("Failed to load resource", "AssetsLoadingError")


class TourFailed(Exception):
    """A tour failed; the text names the step and the reason."""


class Browser:
    """One Chromium, with a thread of its own that controls it; for a ``with`` block.

    :param site: URL of Odoo without a path; nothing else can be reached
    :raise LookupError: no Chromium is on the PATH
    """

    def __init__(self, site: str):
        found = filter(None, map(shutil.which, NAMES))
        self._path = next(found, None)
        if not self._path:
            raise LookupError("No Chromium on the PATH: install Debian's chromium.")
        host = urlsplit(site).hostname
        self._site, self._flags = site, [*FLAGS, NOWHERE_ELSE.format(host=host)]
        self.pace = FIRST
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
        # Playwright's default disables Chromium's own sandbox, which root cannot use.
        self._chromium = await self._playwright.chromium.launch(
            executable_path=self._path, args=self._flags
        )

    async def _end(self) -> None:
        await self._chromium.close()
        await self._playwright.stop()

    def run(self, coroutine: Coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def open(self, database: str, address: str, phone: bool) -> "Page":
        """Open a window without any cookie.

        :param address: sent as the client's address to a server that trusts its proxy
        """
        page = Page(self, self._site, database)
        self.run(page.open(self._chromium, address, PHONE if phone else DESKTOP))
        return page


class Page:
    """One window; its methods may be called from any thread."""

    def __init__(self, browser: Browser, site: str, database: str):
        self._browser, self._site, self._database = browser, site, database
        self.loads = 0  # documents loaded since the tour began
        self._end: asyncio.Future | None = None

    async def open(self, chromium, address: str, screen: dict) -> None:
        """Open the window; to be awaited in the browser's own thread."""
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
        """Log in through the form, and go on to ``url``, where tours are available."""
        self._browser.run(self._log_in(login, password, url))

    async def _log_in(self, login: str, password: str, url: str) -> None:
        page = self._page
        page.set_default_timeout(self._browser.pace.login_patience * 1000)
        mark = "&" if "?" in url else "?"
        query = {"db": self._database, "redirect": f"{url}{mark}debug=tests"}
        await page.goto(f"/web/login?{urlencode(query)}")
        await page.fill("input[name=login]", login)
        await page.fill("input[name=password]", password)
        async with page.expect_navigation(wait_until="commit"):
            await page.press("input[name=password]", "Enter")

    def wait_for_tour(self, name: str, seconds: float) -> None:
        """Wait until the page has registered a tour.

        :raise TourFailed: it is not registered in time
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
        """Let the server compile an asset bundle."""
        self._browser.run(self._fetch_bundle(name, seconds))

    async def _fetch_bundle(self, name: str, seconds: float) -> None:
        get, patience = self._context.request.get, seconds * 1000
        answer = await get(f"/web/bundle/{name}?lang=en_US", timeout=patience)
        for asset in await answer.json():
            if asset.get("src"):
                await get(asset["src"], timeout=patience)

    def tour(self, name: str, url: str) -> None:
        """Run a tour on the open page, ``url``.

        :raise TourFailed: it failed or took too long
        """
        self._browser.run(self._tour(name, url))

    async def _tour(self, name: str, url: str) -> None:
        pace = self._browser.pace
        await self._wait_for_tour(name, pace.login_patience)
        self._end = asyncio.get_running_loop().create_future()
        self.loads = 0
        options = {"stepDelay": 0, "startUrl": url}
        await self._page.evaluate(START, [name, options])
        try:
            await asyncio.wait_for(self._end, pace.tour_patience)
        except asyncio.TimeoutError:
            raise TourFailed(
                f"{name} did not end within {pace.tour_patience:.0f} s."
            ) from None
        finally:
            self._end = None

    def wait_for(self, selector: str, seconds: float) -> None:
        """Wait until an element is visible.

        :raise TourFailed: none is visible in time
        """
        self._browser.run(self._wait_for(selector, seconds))

    async def _wait_for(self, selector: str, seconds: float) -> None:
        try:
            await self._page.wait_for_selector(selector, timeout=seconds * 1000)
        except Error as error:
            raise TourFailed(error.message) from None

    def keep(self, folder: Path, name: str) -> None:
        """Save a screenshot and the trace of the window."""
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
    """Return an empty answer for another site, as Odoo's own tests do.

    A style sheet fails as a whole if its ``@import`` of fonts fails.
    """
    is_style = route.request.resource_type == "stylesheet"
    await route.fulfill(body="", content_type="text/css" if is_style else "text/plain")
