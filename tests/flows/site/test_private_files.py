"""What lies in a home is its owner's alone: folders 0700, files 0600."""

import os
import stat
from pathlib import Path

from cli.start import PRIVATE
from flows.imports.uploads import keep_upload
from flows.site.office import open_office
from flows.site.settings import Settings
from tests.helpers.by_hand import work_off
from tests.helpers.office import build_office, on_the_shelf
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, Story


def test_nobody_else_reads_what_commands_write(tmp_path: Path) -> None:
    before = os.umask(PRIVATE)
    try:
        office = build_office(tmp_path / "home")
        story = Story(office)
        story.does("register", outside_no="GD1")
        story.walk(*ACCEPTED[1:], "verify")
        work_off(story)
        on_the_shelf(office)
        keep_upload(office, actor("desk"), "工单.csv", b"rows")
        office.engine.dispose()
    finally:
        os.umask(before)

    home = office.settings.home
    names = {one.relative_to(home).parts[0] for one in home.rglob("*")}
    assert {"shelf", "uploads", "write-back", "keys.json", "yisong.sqlite3"} <= names
    open_to_others = [
        one for one in (home, *home.rglob("*")) if stat.S_IMODE(one.stat().st_mode) & 0o077
    ]
    assert open_to_others == []


def test_a_home_that_others_may_look_into_is_closed_when_it_is_opened(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)

    open_office(Settings(home=home)).engine.dispose()

    assert stat.S_IMODE(home.stat().st_mode) == 0o700
