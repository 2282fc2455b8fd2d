"""`yisong due`: when a limit is due, told day by day with its article."""

import json
from collections.abc import Sequence
from typing import Annotated

import typer

from cli.terminal.context import rules_in_files
from domain.calendar.working_days import WEEKDAYS, BeyondCalendar
from domain.limits.due_moment import DayLine, NoLimit, in_words
from domain.limits.limit import UNIT_NAMES
from domain.lookup.due_question import Answer, BadQuestion, Question, answer_due, as_record
from domain.rulebook.rulebook import Rulebook

LONGEST_LIST = 62
"""More days than this are shown by their beginning and end only; `--json` has them all."""
ENDS_SHOWN = 10


def due(
    ctx: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="期限编号，如 cx18；或期限名称")],
    start: Annotated[
        str,
        typer.Argument(metavar="START", help="起算时间，如 2026-09-25T10:00；不写时区即北京时间"),
    ],
    *,
    region: Annotated[
        str | None,
        typer.Option(help="地区；给出后 RULE 可写 reply（热线答复）、return（退回）"),
    ] = None,
    pause: Annotated[
        list[str] | None,
        typer.Option(metavar="A..B[=事由]", help="自 A 起暂停、于 B 恢复计算；可多次给出"),
    ] = None,
    extend: Annotated[
        int, typer.Option("--extend", count=True, help="延长一次；再写一次即再延长")
    ] = 0,
    extend_by: Annotated[
        int | None, typer.Option(min=1, max=3650, help="条文未定数字时，批准人确定的延长数")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="文书载明的届满日期（条文没有数字的期限）")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """计算期限何时届满，逐日说明理由。"""
    question = Question(rule, start, region, tuple(pause or ()), extend, extend_by, until)
    rules = rules_in_files(ctx)
    try:
        answer = answer_due(question, rules)
    except (BadQuestion, BeyondCalendar, NoLimit) as error:
        typer.echo(f"错误：{error}{_option(error)}", err=True)
        raise typer.Exit(2) from error
    if as_json:
        typer.echo(json.dumps(as_record(answer), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(as_text(answer, rules)))


def _option(error: Exception) -> str:
    """The option that states what was left out."""
    unstated = error.unstated if isinstance(error, BadQuestion) else ""
    return f"（用 --{unstated.replace('_', '-')} 给出）" if unstated else ""


def as_text(answer: Answer, rules: Rulebook) -> list[str]:
    """The answer for people: the due moment, its article, and every day on the way."""
    due_at = answer.due.at
    weekday = WEEKDAYS[due_at.weekday()]
    lines = [
        f"{answer.rule.label}（{answer.limit.rule}）{_figure(answer)}",
        f"起算：{in_words(answer.started_at)}（{answer.rule.starts_on}）",
        f"届满：{in_words(due_at)}（{weekday}）{'〔暂定〕' if answer.due.provisional else ''}",
    ]
    if answer.due.breach_at != due_at:
        lines.append(f"法制确认口径：超过{in_words(answer.due.breach_at)}为逾期")
    if answer.due.provisional:
        lines.append(
            f"暂定：{rules.calendar.last_year}年之后的放假安排尚未公布，公布后须重新计算，日期可能变动"
        )
    lines.append(f"依据：{answer.basis}")
    if answer.unwatched:
        lines.append(f"系统不计时：{answer.unwatched}")
    for one in answer.extensions:
        rung = answer.rule.extensions[one.rung]
        grown = "至" if one.to_total else ""
        lines.append(
            f"延长{grown}{one.amount}{UNIT_NAMES[one.unit]}：{rung.condition}，{rules.cite(rung.basis)}"
        )
    lines += [f"暂停：{one}" for one in answer.pauses]
    return [*lines, "逐日：", *_listed(answer.due.days)]


def _figure(answer: Answer) -> str:
    limit = answer.limit
    if limit.amount is None or limit.due_on is not None:
        return "：期限由文书载明"
    back = "，自期日倒数" if limit.direction == "backward" else ""
    return f"：{limit.amount}{UNIT_NAMES[limit.unit]}{back}"


def _listed(days: Sequence[DayLine]) -> list[str]:
    """The days, the year before the first of each; a long list by its beginning and end."""
    lines: list[str] = []
    year: int | None = None
    for line in days:
        lines += [f"  {line.day.year}年"] if line.day.year != year else []
        lines.append(f"  {line}")
        year = line.day.year
    if len(lines) <= LONGEST_LIST:
        return lines
    left_out = len(lines) - 2 * ENDS_SHOWN
    return [*lines[:ENDS_SHOWN], f"  ……（略{left_out}行，--json 可见全部）", *lines[-ENDS_SHOWN:]]
