"""A real browser before a real server, for the tests that watch pages at work."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.helpers.wanted import CHROMIUM
from tests.web.conftest import Workbench
from tests.web.helpers.browsing import ARGUMENTS, Site, served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def site(workbench: Workbench, browser: Browser) -> Iterator[Site]:
    """A site whose pages may neither break their own policy nor ask another host."""
    with served(workbench) as address:
        found = Site(workbench, browser, address)
        yield found
    assert found.amiss == []
