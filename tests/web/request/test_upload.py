"""Evidence sent from a telephone's browser: files add up, and one is taken out again."""

from pathlib import Path

import pytest

from tests.helpers.wanted import needs_browser
from tests.web.clues.test_evidence import PICTURE
from tests.web.helpers.browsing import NARROW, Site

pytestmark = [pytest.mark.slow, needs_browser]


def test_files_add_up_one_is_taken_out_and_the_form_stays_ready(site: Site, tmp_path: Path) -> None:
    number = site.workbench.walk("register", "dispatch", "accept")
    files = []
    for name in ("现场一.png", "现场二.png", "拿错的.png"):
        files.append(tmp_path / name)
        files[-1].write_bytes(PICTURE + name.encode())
    with site.at("handler", NARROW) as handler:
        handler.open(f"/clues/{number}/evidence")
        page = handler.page
        page.locator("#file").set_input_files(files[0])
        page.locator("[data-camera]").set_input_files(files[1])
        page.locator("#file").set_input_files(files[2])
        page.get_by_role("button", name="去掉拿错的.png").click()
        page.locator("#kind").select_option("documentary")
        page.get_by_role("button", name="上传", exact=True).click()
        handler.sees("已上传2件：")

        assert page.locator("ul.evidence h2").all_inner_texts() == ["现场一", "现场二"]
        page.locator("#file").set_input_files(files[2])
        assert page.get_by_role("button", name="去掉拿错的.png").is_visible()
