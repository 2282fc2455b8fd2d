"""Every page of every chair, in one home and one browser: names, contrast, widths, living links."""

import re
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error as PlaywrightError

from tests.helpers.inspections.draws import fill_rosters
from tests.helpers.inspections.risk_warnings import WarningStory
from tests.helpers.story import IN_CASE
from tests.helpers.wanted import needs_browser
from tests.web.helpers.browsing import NARROW, SIDEWAYS, WIDE, Person, Site
from tests.web.undertakings.test_publication_pages import FORM as LIST
from tests.web.undertakings.test_visit_pages import FORM as VISIT

pytestmark = [pytest.mark.slow, needs_browser]

CHAIRS = (
    *("desk", "handler", "head", "principal", "legal", "supervisor", "arbiter", "police"),
    *("procuratorate", "administrator", "security", "auditor"),
)
CHECKED = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
NUMBER = re.compile(r"(?<=/)(?:[A-Z]{2}\d{10}|\d+|[0-9a-f-]{36})(?=/|$)")
ONE_OF_A_KIND = re.compile(
    r"^(/rules/(?:laws|limits|lifecycles|articles|checklists)|/offences|/templates|/help"
    r"|/admin/departments|/admin/users|/party|/rosters/subjects)/[^/]+"
)
ACTION = re.compile(r"/do/(\w+)/\w+")
NO_PAGE = re.compile(
    r"\.\w+$|/(?:file|pdf|case-file|packet|sealed|qr|content|download|volumes/\w+)$|^/signout"
)
BESIDE = ("/account/second", "/account/notices", "/phrases", "/substitutes")
LINKS = """all => all.map(a => a).filter(a => a.origin === location.origin)
    .map(a => a.pathname + a.search)"""
OF_THE_MACHINE = re.compile(r"config/|\b\w+\.yaml\b|\byisong [a-z]+")
"""What only an administrator is told: files of the configuration, commands."""
OPERATORS = ("administrator", "security")
HALF_WIDTH = re.compile(r"[一-鿿][,;:!?](?=[一-鿿])|[一-鿿]\([一-鿿]")
SAID_ELSEWHERE = re.compile(r"^/(?:help|api|templates/|documents/|audit/events/)")
"""The manual and the interface name commands; papers and events quote what people wrote."""
DEEPEST = 2
LOST = "Failed to load resource"


def _pattern(path: str) -> str:
    """What pages made by the same template and for the same purpose have in common."""
    bare = NUMBER.sub("*", path.partition("?")[0])
    return ACTION.sub(r"/do/\1/*", ONE_OF_A_KIND.sub(r"\1/*", bare))


@dataclass
class Examiner:
    """Opens pages, each kind once, and notes what is wrong with them."""

    axe: Axe = field(default_factory=Axe)
    seen: set[str] = field(default_factory=set)
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def walk(self, person: Person, chair: str) -> None:
        """From the chair's first page along the links, no deeper than is worth it."""
        person.open("/")
        menu = person.page.locator("nav.menu a").evaluate_all(LINKS)
        waiting = deque((path, 0) for path in ["/", *menu, *BESIDE, "/account", "/help"])
        own: set[str] = set()
        while waiting:
            path, depth = waiting.popleft()
            kind = _pattern(path)
            key = f"{chair} {kind}" if depth == 0 and kind == "/" else kind
            if kind in own or NO_PAGE.search(kind):
                continue
            own.add(kind)
            if key in self.seen:
                if path not in BESIDE:  # which nothing leads to, for some of them
                    self._leads_somewhere(person, path)
                continue
            self.seen.add(key)
            self._look(person, path)
            self._read(person, path, chair)
            if depth < DEEPEST:
                links = person.page.locator("main a").evaluate_all(LINKS)
                waiting.extend((one, depth + 1) for one in links)

    def _leads_somewhere(self, person: Person, path: str) -> None:
        """A page that another chair was shown opens for this one too."""
        answer = person.page.request.get(person.address + path)
        if answer.status >= 400:
            self.wrong[path] = [f"status {answer.status}"]

    def _read(self, person: Person, path: str, chair: str) -> None:
        """No punctuation of another script; no files and commands but for who runs the machine."""
        if SAID_ELSEWHERE.match(path):
            return
        text = person.page.locator("body").inner_text()
        found = HALF_WIDTH.findall(text)
        found += [] if chair in OPERATORS else OF_THE_MACHINE.findall(text)
        if found:
            self.wrong.setdefault(path, []).append(f"says {found[:5]}")

    def _look(self, person: Person, path: str) -> None:
        found: list[str] = []
        try:
            answer = person.page.goto(person.address + path)
        except PlaywrightError as problem:
            if "Download is starting" in str(problem):
                return  # a file, and no page
            raise
        if answer is None or answer.status >= 400:
            self.wrong[path] = [f"status {answer.status if answer else '-'}"]
            # Told here by its address; the console would tell of it once more, without.
            person.amiss = [one for one in person.amiss if LOST not in one]
            return
        for width, height in (WIDE, NARROW):
            person.page.set_viewport_size({"width": width, "height": height})
            if over := person.page.evaluate(SIDEWAYS):
                found.append(f"{over} px too wide at {width}")
        for one in self.axe.run(person.page, options=CHECKED).response["violations"]:
            found.append(f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}")
        if found:
            self.wrong[path] = found


def _fill(site: Site, folder: Path) -> None:
    """Something of everything: cases, a referral, duplicates, a list, a visit, a warning."""
    bench = site.workbench
    bench.walk(*IN_CASE, "case.record_facts", "case.report", "case.send_for_review")
    bench.story.clue = None
    bench.walk("register", "dispatch", "accept", "verify", "conclude", "refer")
    bench.walk("referral.approve", "referral.deliver")
    bench.story.clue = None
    bench.walk("register")
    fill_rosters(bench.office, folder)
    handler = bench.at("handler")
    handler.post("/publications/new", data=LIST)
    handler.post("/visits/new", data=VISIT)
    handler.post("/phrases", data={"text": "经核查，情况属实。"})
    warnings = WarningStory(bench.office, bench.clock.now)
    warnings.reports(3)
    warnings.computes()
    bench.story.now = warnings.now + timedelta(days=30)
    bench.clock.now = bench.story.now


def test_every_page_of_every_chair_fits_both_widths_and_reads_well(
    site: Site, tmp_path: Path
) -> None:
    """No scrolling sideways, text with enough contrast, every field with its name."""
    _fill(site, tmp_path)
    examiner = Examiner()
    for chair in CHAIRS:
        with site.at(chair) as person:
            examiner.walk(person, chair)

    assert examiner.wrong == {}
    assert len(examiner.seen) > 80
