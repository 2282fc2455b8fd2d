"""Circulars at the command line: drafted, issued, listed and told with the words of clues."""

from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from flows.site.moment import set_moment
from flows.site.office import Office
from tests.helpers.circulars import CircularStory

Yisong = Callable[..., Result]
DRAFT = (
    *("do", "new", "circular.draft", "--as", "handler"),
    *("--set", "title=关于坚果礼盒的情况通报", "--set", "content=请予以关注"),
)


@pytest.fixture
def yisong(office: Office, monkeypatch: pytest.MonkeyPatch) -> Yisong:
    """The command, in an office on a Monday morning."""
    monkeypatch.setattr("cli.terminal.context.prepare", lambda engine: None)
    set_moment(office, CircularStory(office).now)
    home = str(office.settings.home)
    return lambda *words: CliRunner().invoke(app, ["--home", home, *map(str, words)])


def test_a_circular_is_drafted_issued_and_signed_for_by_hand(yisong: Yisong) -> None:
    drafted = yisong(*DRAFT, "--set", "addressees=示例市卫生健康委员会")
    issued = yisong("do", "TB2026000001", "签发", "--as", "head")
    signed = yisong("do", "TB2026000001", "circular_receipt.sign", "--as", "health")
    listed = yisong("circular", "list", "--as", "handler")
    shown = yisong("circular", "show", "TB2026000001", "--as", "handler")

    assert drafted.exit_code == 0, drafted.output
    assert "已拟制情况通报：TB2026000001，情况通报现为「拟稿待签发」" in drafted.output
    assert "文书：《情况通报》示市监通报〔2026〕1号" in issued.output
    assert "通报签收现为「已签收」" in signed.output
    assert "TB2026000001" in listed.output
    assert "1/1个已办" in listed.output
    assert "状态：已办结" in shown.output
    assert "通报内容：请予以关注" in shown.output
    assert "circular.archive 归档" in shown.output


def test_a_draft_to_ones_own_department_is_refused_in_words(yisong: Yisong) -> None:
    refused = yisong(*DRAFT, "--set", "addressees=shili-market")

    assert refused.exit_code == 1
    assert "收件部门不能是本部门" in refused.output
    assert "没有情况通报" in yisong("circular", "list").output


def test_who_may_not_see_it_is_told_the_same_as_of_one_that_is_not_there(yisong: Yisong) -> None:
    yisong(*DRAFT, "--set", "addressees=示例市卫生健康委员会")

    hidden = yisong("circular", "show", "TB2026000001", "--as", "county")
    missing = yisong("circular", "show", "TB2026000009", "--as", "county")

    assert (hidden.exit_code, missing.exit_code) == (2, 2)
    assert "没有编号为「TB2026000001」的事项，或者您无权查看" in hidden.output
    assert (
        "没有编号为「TB2026000009」的线索、情况通报、抽取、检查或者公布材料"
        in yisong("do", "TB2026000009", "issue", "--as", "head").output
    )
