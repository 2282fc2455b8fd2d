"""A clue at the command line: `list`, `show` and `do`."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from flows.moment import set_moment
from flows.store import reading
from flows.viewer import Viewer
from flows.work_lines import work_lines
from tests.people import actor
from tests.story import ACCEPTED, RECEIVED, Story

Yisong = Callable[..., Result]


@pytest.fixture
def yisong(story: Story, monkeypatch: pytest.MonkeyPatch) -> Yisong:
    """The command, in the story's office."""
    monkeypatch.setattr("cli.context.upgrade", lambda engine: None)
    home = str(story.office.settings.home)
    return lambda *words: CliRunner().invoke(app, ["--home", home, *map(str, words)])


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def test_a_demonstration_has_one_clock_for_browser_and_command(
    story: Story, yisong: Yisong
) -> None:
    story.walk("register", "dispatch")
    set_moment(story.office, story.now + timedelta(hours=2))

    done = yisong("do", story.row().no, "accept", "--as", "handler")

    assert done.exit_code == 0, done.output
    signed = story.processes("transfer")[-1].ended_at
    assert signed is not None
    assert timedelta(hours=2) <= signed - story.now < timedelta(hours=3)


def test_in_earnest_nobody_chooses_the_moment_of_an_act(story: Story, yisong: Yisong) -> None:
    story.walk("register", "dispatch")

    done = yisong("do", story.row().no, "accept", "--as", "handler", "--at", _stamp(story.now))

    assert done.exit_code == 2
    assert "--at 只能在演示环境中使用" in done.output
    assert yisong("show", story.row().no, "--at", _stamp(story.now)).exit_code == 0
    assert yisong("list", "--at", _stamp(story.now)).exit_code == 0


def test_no_act_is_dated_before_the_one_before_it(story: Story, yisong: Yisong) -> None:
    story.walk("register", "dispatch")
    set_moment(story.office, story.now)
    early = story.now - timedelta(days=12)

    done = yisong("do", story.row().no, "accept", "--as", "handler", "--at", _stamp(early))

    assert done.exit_code == 1
    assert "不能早于上一步的办理时间" in done.output


def test_who_waited_for_another_is_not_early(story: Story) -> None:
    """He looked at the clock before the one whom he had to wait for."""
    story.walk(*ACCEPTED)

    story.now -= timedelta(seconds=20)
    story.walk("verify")
    story.now -= timedelta(minutes=2)

    assert "不能早于上一步" in story.refused("conclude")


def test_while_the_police_have_the_referral_they_are_next(story: Story, yisong: Yisong) -> None:
    story.walk(*RECEIVED)
    with reading(story.office.engine) as session:
        viewer = Viewer(story.office, actor("head"), story.now)
        [line] = work_lines(session, viewer, [story.clue])

    assert "下一步：公安联络员" in yisong("show", story.row().no).output.split("来源编号")[0]
    assert "公安联络员" in yisong("list").output
    assert line.next_actor == "公安联络员"
