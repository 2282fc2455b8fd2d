"""`yisong due` as an officer or another program calls it."""

import json
from functools import cache

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

import cli.law.due
import cli.law.rules
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_reading import read_rulebook


@cache
def rulebook() -> Rulebook:
    return read_rulebook()[0]


@pytest.fixture(autouse=True)
def committed_rules(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cli.law.due, "rules_in_files", lambda _: rulebook())


def run(*words: str) -> Result:
    app = typer.Typer()
    app.command("due")(cli.law.due.due)
    return CliRunner().invoke(app, list(words))


def due(*words: str) -> str:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return str(json.loads(result.stdout)["due"])


def test_the_answer_for_programs_has_the_promised_shape():
    answer = json.loads(run("cx18", "2026-09-25T10:00", "--json").stdout)

    told = ["rule", "due", "breach", "provisional", "unwatched", "basis", "pauses", "days"]
    assert list(answer) == told
    assert (answer["rule"], answer["due"]) == ("cx18", "2026-10-22T23:59:59+08:00")
    assert answer["provisional"] is False
    assert answer["basis"]["id"] == "cx-18"
    assert answer["basis"]["article"] == "第十八条"
    assert answer["days"][1] == {
        "date": "2026-09-26",
        "counted": False,
        "why": "不计（中秋节休假）",
    }
    assert sum(day["counted"] for day in answer["days"]) == 15


def test_the_answer_for_people_names_the_article_and_every_day():
    shown = run("310_approve", "2026-09-30T09:30").stdout

    assert "移送审批（310_approve）：3日" in shown
    assert "届满：2026年10月3日23时59分（周六）" in shown
    assert "依据：《行政执法机关移送涉嫌犯罪案件的规定》第五条第二款" in shown
    assert "10月3日 周六 第3日，届满" in shown


def test_a_long_limit_is_shown_by_both_ends():
    shown = run("cx64", "2026-03-02").stdout

    assert "3月3日 周二 第1日" in shown
    assert "--json 可见全部" in shown
    assert shown.rstrip().endswith("顺延至本日，届满")


def test_a_start_with_an_offset_is_that_moment_in_china():
    assert due("310_deliver", "2026-11-20T08:00+00:00") == "2026-11-21T16:00:00+08:00"


def test_a_rule_may_be_called_by_its_name():
    assert due("移送审批", "2026-11-20") == due("310_approve", "2026-11-20")


def test_a_date_past_the_calendar_is_shown_as_provisional():
    shown = run("cx18", "2026-12-22").stdout

    assert "〔暂定〕" in shown
    assert "2026年之后的放假安排尚未公布" in shown


def test_pauses_and_extensions_move_the_date():
    assert due("cx18", "2026-09-01", "--pause", "2026-09-03..2026-09-10=检验").startswith(
        "2026-09-29"
    )
    assert due("cx18", "2026-03-02", "--extend").startswith("2026-04-14")
    assert due("cx64", "2026-03-02", "--extend", "--extend", "--extend-by", "60").startswith(
        "2026-08-31"
    )


def test_a_pause_of_no_time_changes_nothing():
    plain = due("cx18", "2026-09-01")

    assert due("cx18", "2026-09-01", "--pause", "2026-09-03..2026-09-03") == plain


@pytest.mark.parametrize(
    ("pause", "told"),
    [
        ("2026-09-03..2026-09-08=委托检验", "（委托检验）已扣除\n"),
        ("2026-09-03..2026-09-08=出差", "已扣除：「出差」不是规定的事由（检测、检验、"),
        ("2026-09-03..2026-09-08", "已扣除：没有写明事由，规定的事由为检测、检验、"),
        ("2026-12-01..2026-12-05=检验", "未扣除：在届满（2026年9月21日23时59分）之后"),
        ("2026-08-01..2026-09-01=检验", "未扣除：在起算（2026年9月1日0时00分）之前"),
        ("2026-09-03T09:00..2026-09-03T17:00=检验", "未扣除：当日暂停、当日恢复"),
    ],
)
def test_each_pause_is_told_whether_it_counts(pause: str, told: str):
    assert told in run("cx18", "2026-09-01", "--pause", pause).stdout

    [record] = json.loads(run("cx18", "2026-09-01", "--pause", pause, "--json").stdout)["pauses"]
    assert record["counted"] == ("已扣除" in told)


def test_the_text_names_the_article_of_the_extension():
    shown = run("cx18", "2026-03-02", "--extend").stdout

    assert "延长15个工作日：" in shown
    assert "部门负责人批准" in shown


def test_a_document_states_the_date_where_the_law_gives_no_figure():
    assert due("jdtl27", "2026-11-02", "--until", "2026-11-13") == "2026-11-13T23:59:59+08:00"


def test_a_region_says_which_clock_a_reply_runs_on():
    assert due("reply", "2026-11-02", "--region", "shandong") == due("sd12_do", "2026-11-02")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["310_aprove", "2026-11-02"], "相近的有：310_approve（移送审批）"),
        (["调解", "2026-11-02"], "ts23_mediate（投诉调解期限）"),
        (["qqq", "2026-11-02"], "没有编号为“qqq”的期限"),
        (["cx18", "2026-13-01"], "“2026-13-01”不是有效的日期：应写作 2026-09-25"),
        (["cx18", "2018-05-01"], "2018年5月1日超出日历范围：工作日历自2019年1月1日起"),
        (["cx18", "2099-05-01"], "2099年5月1日超出日历范围"),
        (["310_approve", "2076-12-30"], "2077年1月2日超出日历范围"),
        (["cx18", "2021-05-06"], "尚未施行"),
        (["ts_old31", "2026-04-15"], "至2026-04-15失效"),
        (["jdtl27", "2026-11-02"], "须写明届满日期（用 --until 给出）"),
        (["jdtl27", "2026-11-02", "--until", "2026-11-01"], "早于起算日"),
        (["cx57", "2026-11-02", "--extend"], "条文未规定可以延长"),
        (["310_approve", "2026-11-02", "--pause", "2026-11-03..2026-11-04"], "没有规定暂停、扣除"),
        (["310_deliver", "2026-11-02", "--pause", "2026-11-03..2026-11-04"], "第五条第二款"),
        (["cx18", "2026-11-02", "--extend", "--extend"], "已延长1次"),
        (["cx64", "2026-11-02", "--extend", "--extend"], "用 --extend-by 给出"),
        (["cx18", "2026-11-02", "--pause", "2026-11-04"], "应写作 A..B"),
        (["cx18", "2026-11-02", "--pause", "2026-11-09..2026-11-04"], "早于开始时间"),
        (["cx18", "2026-11-02", "--pause", "2026-11-09..x"], "恢复计算时间“x”不是有效的日期"),
        (["cx18", "2026-11-02", "--region", "nowhere"], "没有地区“nowhere”，现有："),
        (["reply", "2026-11-02", "--region", "weinan"], "渭南市没有规定该期限"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_in_words(words: list[str], message: str):
    result = run(*words)

    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_a_limit_that_the_program_does_not_time_says_so():
    """The figure is right, and nobody is told when it ends."""
    told = run("fx12", "2026-11-20").stdout
    record = json.loads(run("fx12", "2026-11-20", "--json").stdout)

    assert "系统不计时：检察机关内部的审查期限，移送机关无从登记" in told
    assert record["unwatched"] == "检察机关内部的审查期限，移送机关无从登记"
    assert "系统不计时" not in run("cx18", "2026-11-20").stdout


def test_the_unwatched_limits_are_listed_with_their_reasons(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cli.law.rules, "rules_in_files", lambda _: rulebook())

    found = CliRunner().invoke(cli.law.rules.rules, ["unwatched"]).stdout

    assert "反向衔接案件审查（fx12）：检察机关内部的审查期限，移送机关无从登记" in found
    assert "cx18" not in found
