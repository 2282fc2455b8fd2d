"""People at real browsers: Debian's Chromium before a real server, watched for what must not be."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urlsplit

import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request

from domain.tables.people import User
from flows.people.sign_in import open_session
from flows.site.store import reading
from tests.helpers.filled_forms import filled
from tests.helpers.haste.replay import taken_in_earnest
from tests.web.conftest import Workbench
from tests.web.helpers.browser_form import as_sent
from web.app import create_app
from web.request.desk import COOKIE

ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]
WIDE, NARROW = (1440, 900), (390, 844)
PATIENCE = 60_000
LONGEST_START = 120.0
REFUSED = "status of 422"
"""A form that is shown again with its reasons; Chromium's console calls that an error."""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Person:
    """Somebody at his browser; `amiss` collects what no page may do."""

    page: Page
    address: str
    amiss: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Goes to a page; an error page is amiss."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        if answer.status >= 400:
            self.amiss.append(f"{path}: {answer.status}")

    def click(self, role: str, name: str, within: str = "main") -> None:
        """Clicks the first thing of a role and name."""
        self.page.locator(within).get_by_role(role, name=name).first.click()  # type: ignore[arg-type]

    def sees(self, text: str) -> None:
        """A text is on the page, now or in a moment."""
        self.page.get_by_text(text).first.wait_for(state="visible")

    def fills(self, workbench: Workbench, action: str, **values: object) -> None:
        """Fills in the form of an action, as on an ordinary day but for what is named."""
        process, _, name = action.rpartition(".")
        process = process or "clue"
        fields = workbench.office.rules.lifecycles[process].actions[name].form
        told = {**filled(process, name, workbench.clock()), **values}
        for key, value in as_sent(fields, told).items():
            for one in value if isinstance(value, list) else [value]:
                _fill(self.page.locator(f'#action-form [name="{key}"]'), one)

    def confirms(self) -> None:
        """Sends the form of an action; the clue's page says that it was done."""
        self.page.locator("#action-form").get_by_role("button", name="确认").click()
        self.page.locator(".alert-success, #complaints, :user-invalid").first.wait_for()
        wrong = self.page.locator("#complaints, :user-invalid").all()
        told = [one.inner_text() or one.get_attribute("name") for one in wrong]
        assert not told, f"{self.page.url}: {told}"

    def watch(self, context: BrowserContext) -> None:
        """Notes every message of the console and every request to another host."""
        context.on("console", self._heard)
        context.on("request", self._asked)
        context.on("weberror", lambda error: self.amiss.append(str(error.error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and REFUSED not in message.text:
            self.amiss.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in {urlsplit(self.address).netloc, ""}:
            self.amiss.append(f"request to {request.url}")


def _fill(found: Locator, value: str) -> None:
    kind = found.first.evaluate("one => one.type || one.tagName.toLowerCase()")
    if kind in {"radio", "checkbox"}:
        found.and_(found.page.locator(f'[value="{value}"]')).check()
    elif kind == "select-one":
        found.select_option(value)
    else:
        found.fill(value[:16] if kind == "datetime-local" else value)


@dataclass
class Site:
    """A server before a workbench, and a browser for everybody who comes."""

    workbench: Workbench
    browser: Browser
    address: str
    people: list[Person] = field(default_factory=list)

    @contextmanager
    def at(
        self, chair: str = "", size: tuple[int, int] = WIDE, *, scripts: bool = True
    ) -> Iterator[Person]:
        """Somebody at a browser of his own, signed in unless no chair is named."""
        width, height = size
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(PATIENCE)
        if chair:
            context.add_cookies(
                [{"name": COOKIE, "value": self._token(chair), "url": self.address}]
            )
        person = Person(context.new_page(), self.address)
        person.watch(context)
        self.people.append(person)
        yield person
        context.close()

    def passes(self, **span: float) -> None:
        """Time goes by, for the story and for everybody's pages."""
        self.workbench.clock.now += timedelta(**span)
        self.workbench.story.now = self.workbench.clock.now

    @property
    def amiss(self) -> list[str]:
        """All that anybody's pages did and may not do."""
        return [one for person in self.people for one in person.amiss]

    def _token(self, chair: str) -> str:
        office = self.workbench.office
        with reading(office.engine) as session:
            user = session.get_one(User, chair)
        return open_session(office, user, self.workbench.clock()).token


@contextmanager
def served(workbench: Workbench, name: str = "") -> Iterator[str]:
    """The address of a server before the workbench; it ends with the block.

    Under a name of its own the site knows its address as `YISONG_BASE_URL` tells it.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    address = f"http://{name or '127.0.0.1'}:{port}"
    office = workbench.office
    if name:
        settings = office.settings.model_copy(update={"base_url": address})
        office = replace(office, settings=settings)
    app = create_app(office, workbench.clock)
    config = uvicorn.Config(app, port=port, log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    _wait(lambda: server.started)
    with taken_in_earnest():
        yield address
    server.should_exit = True
    thread.join(LONGEST_START)


def _wait(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST_START
    while not condition():
        if time.monotonic() > until:
            raise AssertionError("the server does not answer")
        time.sleep(0.02)


def tab_to(page: Page, *, what: str, most: int = 80) -> None:
    """Presses Tab until the thing that has the focus is called so; nothing else is touched."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).strip() == what:
            return
    raise AssertionError(f"the keyboard does not reach “{what}”")


FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.labels && one.labels.length ? one.labels[0].textContent : "";
  return one.getAttribute("aria-label") || label || one.textContent || one.value || "";
}"""
