"""A clue at the command line: `list`, `show` and `do`."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from flows.lists.work_lines import work_lines
from flows.people.viewer import Viewer
from flows.site.moment import set_moment
from flows.site.store import reading
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, CONCLUDED, IN_CASE, RECEIVED, Story

Yisong = Callable[..., Result]


@pytest.fixture
def yisong(story: Story, monkeypatch: pytest.MonkeyPatch) -> Yisong:
    """The command, in the story's office."""
    monkeypatch.setattr("cli.terminal.context.prepare", lambda engine: None)
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


def _record(story: Story, yisong: Yisong, amounts: str, *more: str) -> Result:
    set_moment(story.office, story.now + timedelta(hours=1))
    form = (
        "--set",
        "违法事实=销售劣质肥料",
        "--set",
        "违法主体=个人",
        "--set",
        f"quantities={amounts}",
    )
    return yisong("do", story.row().no, "case.record_facts", "--as", "handler", *form, *more)


@pytest.mark.parametrize(
    ("amount", "found"),
    [
        ("60000", "▲ 已达到　生产、销售伪劣产品罪：销售金额60,000元（起点50,000元）"),
        ("45000", "◆ 接近　生产、销售伪劣产品罪：销售金额45,000元（起点50,000元），为起点的90%"),
        ("10", "● 未达到　生产、销售伪劣产品罪"),
    ],
)
def test_who_records_facts_is_told_what_screening_finds(
    story: Story, yisong: Yisong, amount: str, found: str
) -> None:
    story.walk(*IN_CASE)

    done = _record(story, yisong, f'{{"销售金额": {amount}}}')

    assert done.exit_code == 0, done.output
    for text in (done.output, yisong("show", story.row().no).output):
        assert found in text
        assert "《中华人民共和国刑法》第一百四十条" in text
        assert "待确认：是否在食品中掺入有毒、有害的非食品原料" in text


def test_a_form_filled_in_wrongly_names_what_it_takes(story: Story, yisong: Yisong) -> None:
    story.walk(*IN_CASE)

    done = _record(story, yisong, "5万元", "--set", "reason=无")

    assert done.exit_code == 1
    assert "表单没有「reason」这一项" in done.output
    assert "facts_found（违法事实）：必填" in done.output
    assert "quantities（涉案数额）：选填" in done.output
    assert 'JSON，如 {"销售金额": 50000' in done.output
    assert "不能办理「登记违法事实」" in done.output


def test_a_refusal_quotes_what_is_refused(story: Story, yisong: Yisong) -> None:
    story.walk(*CONCLUDED, "refer")
    set_moment(story.office, story.now)

    done = yisong("do", story.row().no, "referral.decline", "--as", "principal")

    assert "不能办理「不批准移送」：" in done.output
    assert "请填写" in done.output


def test_a_list_says_how_many_more_there_are(story: Story, yisong: Yisong) -> None:
    for _ in range(3):
        story.walk("register")

    assert "以上2件，另有1件未列出：用 --limit" in yisong("list", "--limit", "2").output
    assert "未列出" not in yisong("list").output


def test_a_finished_limit_says_whether_it_was_kept(story: Story, yisong: Yisong) -> None:
    story.walk("register", "dispatch")
    story.waits(days=30)
    story.walk("accept")

    shown = yisong("show", story.row().no).output

    assert "逾期了结（2026-06-10" in shown
    assert "按期了结（2026-05-11" in shown
