"""`python -m docs.manual.pictures`: every page of every chair, from the demonstration's data.

All of them go to `build/screenshots` at two widths, to be looked at; the manual's go beside it,
and the one that README shows to `docs/pictures`.
"""

import argparse
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from domain.tables.people import User
from flows.people.sign_in import open_session
from flows.rehearsal.demonstration import SHOWN_PEOPLE, is_empty, make_demonstration
from flows.rehearsal.opening import OPENS_AT, open_demonstration
from flows.site.office import Office, open_office
from flows.site.schema import upgrade
from flows.site.settings import Settings
from flows.site.store import reading
from web.app import create_app
from web.request.desk import COOKIE

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "screenshots"
PICTURES = Path(__file__).with_name("pictures")
PRODUCT = ROOT / "docs" / "pictures" / "clue.png"
MOMENT = OPENS_AT + timedelta(minutes=15)
WIDTHS = (1440, 390)
MANUAL_SIZE = ViewportSize(width=1366, height=768)
JPEG_QUALITY = 62
TALLEST = 4000
LARGEST, LARGEST_ALL = 120_000, 3_000_000


@dataclass(frozen=True)
class View:
    """A picture of the manual: whose page it is, and the links that lead on to it."""

    name: str
    user: str
    path: str
    follow: tuple[str, ...] = ()
    part: str = ""


FIRST_CLUE = 'main table th a[href^="/clues/"]'
NEXT_STEP = 'main table a.btn[href*="/do/"]'
ONWARD = {"a": "main table th a", "b": NEXT_STEP}
VIEWS = (
    View("sign-in", "", "/signin"),
    View("hotline-todo", "hotline-1", "/"),
    View("hotline-clue", "hotline-1", "/", (FIRST_CLUE,)),
    View("hotline-dispatch", "hotline-1", "/", (NEXT_STEP,)),
    View("hotline-import", "hotline-1", "/clues/import"),
    View("hotline-write-backs", "hotline-1", "/write-backs"),
    View("handler-todo", "market-handler-1", "/?whose=all"),
    View("handler-clue", "market-handler-1", "/?whose=all", (FIRST_CLUE,)),
    View("handler-step", "market-handler-1", "/?whose=all", (NEXT_STEP,)),
    View("handler-clock", "market-handler-1", "/?whose=all", (FIRST_CLUE, 'a[href*="/clocks/"]')),
    View("head-todo", "market-head", "/"),
    View("head-step", "market-head", "/", (NEXT_STEP,)),
    View("head-board", "market-head", "/board"),
    View("principal-approvals", "market-principal", "/approvals"),
    View("principal-todo", "market-principal", "/"),
    View("legal-review", "market-legal", "/review"),
    View("legal-documents", "market-legal", "/documents"),
    View("legal-templates", "market-legal", "/templates"),
    View("legal-screening", "market-legal", "/screening"),
    View("legal-rules", "market-legal", "/rules"),
    View("legal-limit", "market-legal", "/rules/limits/cx18"),
    View("supervisor-board", "justice-supervisor", "/board"),
    View("supervisor-overdue", "justice-supervisor", "/overdue"),
    View("supervisor-order", "justice-supervisor", "/overdue", ('a[href$="/order"]',)),
    View("supervisor-warnings", "justice-supervisor", "/warnings"),
    View("supervisor-statistics", "justice-supervisor", "/statistics"),
    View("police-referrals", "police-liaison", "/referrals"),
    View("police-referral", "police-liaison", "/referrals", ('main a[href^="/referrals/"]',)),
    View("procuratorate-referrals", "procuratorate-liaison", "/referrals"),
    View("arbiter-todo", "justice-arbiter", "/"),
    View("administrator-users", "administrator", "/admin/users"),
    View("administrator-health", "administrator", "/admin/health"),
    View("administrator-calendars", "administrator", "/admin/calendar"),
    View("auditor-chain", "auditor", "/audit/chain"),
    View("auditor-events", "auditor", "/audit/events"),
)


SHOWN_FIRST = View("clue", "market-handler-1", "/?whose=all", (FIRST_CLUE,))
"""What README shows: a clue with its limits and next steps."""


def main() -> None:
    """Takes all pictures, or those of the manual and of README alone."""
    parser = argparse.ArgumentParser(prog="python -m docs.manual.pictures", description=__doc__)
    parser.add_argument(
        "--manual", action="store_true", help="the manual's and README's pictures alone"
    )
    parser.add_argument("--home", type=Path, default=ROOT / "build" / "demonstration")
    asked = parser.parse_args()
    office = demonstration(asked.home)
    with served(office) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--lang=zh-CN"],
            env={**os.environ, "LANGUAGE": "zh_CN"},
        )
        camera = Camera(office, browser, address)
        if not asked.manual:
            for user in SHOWN_PEOPLE:
                camera.take_all(user)
        for view in VIEWS:
            camera.take(view, PICTURES / f"{view.name}.jpg")
        camera.take(SHOWN_FIRST, PRODUCT)
        browser.close()
    _must_be_small()


def demonstration(home: Path) -> Office:
    """The demonstration's office, its story told as far as its first morning."""
    office = open_office(Settings(home=home))
    upgrade(office.engine)
    if is_empty(office):
        make_demonstration(office, MOMENT, ready=False)
    open_demonstration(office)
    return office


@contextmanager
def served(office: Office) -> Iterator[str]:
    """The address of a workbench whose clock stands still; it ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    app = create_app(office, lambda: MOMENT)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@dataclass(frozen=True)
class Camera:
    """A browser before the demonstration."""

    office: Office
    browser: Browser
    address: str

    def take(self, view: View, file: Path) -> None:
        """A picture, as JPEG or PNG by its name; a link that is not there is an error."""
        with self._at(view.user, MANUAL_SIZE) as page:
            page.goto(self.address + view.path)
            for selector in view.follow:
                href = _href(page, selector)
                if not href:
                    raise SystemExit(f"{view.name}: {page.url} has no {selector}")
                page.goto(self.address + href)
            page.wait_for_timeout(300)  # what a form foresees arrives a moment later
            quality = JPEG_QUALITY if file.suffix == ".jpg" else None
            page.screenshot(path=file, quality=quality)

    def take_all(self, user: str) -> None:
        """Every page of a person's menu, and the first page that each leads on to."""
        for width in WIDTHS:
            with self._at(user, ViewportSize(width=width, height=900)) as page:
                page.goto(self.address)
                menu = page.locator("nav.menu a").evaluate_all("all => all.map(a => a.pathname)")
                for place, path in enumerate(menu):
                    name = f"{place:02d}-{path.strip('/').replace('/', '-') or 'todo'}"
                    self._whole(page, path, BUILD / user / f"{name}-{width}.png")
                    onward = {mark: _href(page, one) for mark, one in ONWARD.items()}
                    for mark, href in onward.items():
                        if href:
                            file = BUILD / user / f"{name}-{mark}-{width}.png"
                            self._whole(page, href, file)

    def _whole(self, page: Page, path: str, file: Path) -> None:
        answer = page.goto(self.address + path)
        if answer is None or answer.status >= 400:
            print(f"{path}: {answer and answer.status}")  # noqa: T201
        page.wait_for_timeout(200)
        height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
        size = page.viewport_size or MANUAL_SIZE
        file.parent.mkdir(parents=True, exist_ok=True)
        clip = {"x": 0, "y": 0, "width": size["width"], "height": height}
        page.screenshot(path=file, full_page=True, clip=clip)  # type: ignore[arg-type]

    @contextmanager
    def _at(self, user: str, size: ViewportSize) -> Iterator[Page]:
        context = self.browser.new_context(viewport=size, locale="zh-CN", accept_downloads=False)
        if user:
            self._sign_in(context, user)
        yield context.new_page()
        context.close()

    def _sign_in(self, context: BrowserContext, user: str) -> None:
        with reading(self.office.engine) as session:
            row = session.get_one(User, user)
        token = open_session(self.office, row, MOMENT).token
        context.add_cookies([{"name": COOKIE, "value": token, "url": self.address}])


def _href(page: Page, selector: str) -> str:
    """Where the first link of a kind leads; empty where there is none."""
    found = page.locator(selector)
    return str(found.first.get_attribute("href")) if found.count() else ""


def _must_be_small() -> None:
    sizes = {one.name: one.stat().st_size for one in PICTURES.iterdir()}
    large = [name for name, size in sizes.items() if size > LARGEST]
    print(f"{len(sizes)} pictures, {sum(sizes.values()):,} bytes; too large: {large}")  # noqa: T201
    if large or sum(sizes.values()) > LARGEST_ALL:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
