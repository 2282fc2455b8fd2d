"""Programs that some tests want: without one they are skipped, unless this run may not do without.

`YISONG_TESTS_REQUIRE=browser,office` names what must be there; `.ci/run` does.
"""

import os
import shutil

import pytest

from documents.output.pdf import unavailable

VARIABLE = "YISONG_TESTS_REQUIRE"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""


def wants(thing: str, lack: str | None) -> pytest.MarkDecorator:
    """A test that wants a thing; `lack` says why it is not there, None that it is."""
    return pytest.mark.wants(thing, lack)


needs_browser = wants("browser", None if CHROMIUM else "no Chromium (Debian: chromium)")
needs_office = wants(
    "office", unavailable() and "no LibreOffice (Debian: libreoffice-writer-nogui)"
)
needs_poppler = wants("office", None if shutil.which("pdftotext") else "no poppler-utils")


def insist_or_skip(item: pytest.Item) -> None:
    """Skips a test for whose sake something is not there, or fails it where that is required."""
    required = os.environ.get(VARIABLE, "").split(",")
    for thing, lack in (mark.args for mark in item.iter_markers("wants")):
        if lack is not None and thing in required:
            pytest.fail(f"{VARIABLE} asks for {thing}: {lack}", pytrace=False)
        if lack is not None:
            pytest.skip(lack)
