"""The sheet of a clue in a terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console
from rich.table import Table

from domain.lifecycle.plan import Allowed
from domain.situation.situation import CHINA, Actor
from flows.lists.clue_listing import ClockLine, ClueLine
from flows.lists.clue_sheet import Alike, ClueSheet
from flows.lists.undertaking_sheet import UndertakingSheet
from flows.site.office import Office

WIDTH_OF_A_FILE = 180
Sheet = ClueSheet | UndertakingSheet


def terminal() -> Console:
    """The terminal; output that goes to a file or pipe is wide enough for whole lines."""
    found = Console(highlight=False, soft_wrap=True)
    return found if found.is_terminal else Console(highlight=False, width=WIDTH_OF_A_FILE)


STYLES = {"green": "green", "yellow": "yellow", "red": "red", "grey": "dim"}


def list_table(lines: Sequence[ClueLine]) -> Table:
    """Clues as a table: the light has a word and a shape, not only a colour."""
    table = Table("线索", "标题", "状态", "所在部门", "下一步", "最近时限", "届满", "转办次数")
    table.columns[0].no_wrap = True
    for line in lines:
        clock = line.next_clock
        table.add_row(
            line.clue.no,
            line.clue.title,
            line.state,
            line.holder,
            line.next_actor,
            f"{light_in_words(clock)} {clock.label}" if clock else "—",
            in_china(clock.due_at) if clock else "—",
            f"{line.clue.hops}次",
        )
    return table


@dataclass(frozen=True)
class Beside:
    """What a sheet shows besides the clue itself: whose actions, and what screening found.

    `alike`: the clues that it may repeat.
    """

    actor: Actor | None
    screening: tuple[str, ...]
    alike: tuple[Alike, ...]


def print_sheet(console: Console, sheet: ClueSheet, office: Office, beside: Beside) -> None:
    """A clue from top to bottom: what it is, until when, what may be done, what was done."""
    clue = sheet.clue
    console.print(f"[bold]{clue.no} {clue.title}[/bold]")
    console.print(
        f"状态：{sheet.state}　所在部门：{sheet.holder}　"
        f"下一步：{sheet.next_actor}　转办{clue.hops}次"
    )
    console.print(
        f"来源编号：{clue.outside_no or '—'}　当事人：{clue.subject_name or '—'}　"
        f"举报人：{sheet.reporter}　监管事项：{sheet.matter or '—'}"
    )
    console.print(clue.content)
    for warning in clue.facts.get("intake", {}).get("warnings", []):
        console.print(f"导入提示：{warning}")
    suggestion = clue.facts.get("suggestion")
    if clue.state == "registered" and suggestion:
        console.print(f"分办建议：{_suggested(suggestion, office)}")
    for one in beside.alike:
        heading = "同一对象的其他问题" if one.kind == "related" else "疑似重复"
        console.print(f"{heading}：{one.no} {one.title}（{one.score:.0%}，{one.reason}）")
    print_clocks(console, sheet)
    for process in sheet.processes:
        console.print(
            f"{process.label}#{process.view.id}：{process.state}　{process.holder}　"
            f"下一步：{process.next_actor}"
        )
    for line in beside.screening:
        console.print(line, markup=False, soft_wrap=True)
    if beside.actor is not None:
        print_actions(console, sheet.allowed, beside.actor, office)
    print_papers(console, sheet)
    print_history(console, sheet)


def _suggested(suggestion: Mapping[str, object], office: Office) -> str:
    """Lead, co-operating departments and the reason, as routing gave them."""
    known = office.rules.departments
    lead = known.get(str(suggestion.get("lead")))
    helpers = suggestion.get("cooperating")
    names = (
        [known[one].name for one in helpers if one in known] if isinstance(helpers, list) else []
    )
    with_help = f"（协办：{'、'.join(names)}）" if names else ""
    return f"{lead.name if lead else '请人工确定'}{with_help}　{suggestion.get('reason')}"


def print_clocks(console: Console, sheet: Sheet) -> None:
    """The limits of a clue or undertaking."""
    table = Table(
        "时限", "责任部门", "起算", "届满", "情况", "依据", title="时限", title_justify="left"
    )
    for clock in sheet.clocks:
        table.add_row(
            f"{clock.label}（{clock.rule}）",
            clock.owner,
            in_china(clock.started_at),
            in_china(clock.due_at) + ("（暂定）" if clock.provisional else ""),
            _clock_state(clock),
            clock.article,
        )
    if sheet.clocks:
        console.print(table)


def _clock_state(clock: ClockLine) -> str:
    if clock.ended_at is None:
        return light_in_words(clock)
    return f"{clock.ending}了结（{in_china(clock.ended_at)}）"


def light_in_words(clock: ClockLine) -> str:
    """The light with shape and word."""
    if clock.light is None:
        return "—"
    style = STYLES[clock.light.colour]
    return f"[{style}]{clock.light.shape} {clock.light.word}[/{style}]"


def print_actions(
    console: Console, allowed: Sequence[Allowed], actor: Actor, office: Office
) -> None:
    """What a person may do now with which form, and why he may not do the rest."""
    console.print(f"\n[bold]{actor.name}现在可以办理[/bold]")
    open_ones = [one for one in allowed if not one.reasons]
    for one in open_ones:
        form = office.rules.lifecycles[one.process.kind].actions[one.action].form
        fields = "、".join(
            f"{name}={field.label}{'' if field.required else '（选填）'}"
            for name, field in form.items()
        )
        console.print(f"  {one.process.kind}.{one.action} {one.label}　{fields}")
    if not open_ones:
        console.print("  没有可以办理的操作")
    console.print("[bold]现在不能办理[/bold]")
    for one in allowed:
        if one.reasons:
            reasons = "；".join(str(reason) for reason in one.reasons)
            console.print(f"  {one.process.kind}.{one.action} {one.label}：{reasons}", style="dim")


def print_papers(console: Console, sheet: Sheet) -> None:
    """The documents that were issued."""
    if not sheet.documents:
        return
    console.print("\n[bold]文书[/bold]")
    for one in sheet.documents:
        moment = in_china(one.issued_at)
        void = f"　作废：{one.void_reason}" if one.voided_at else ""
        console.print(f"  {one.id} {moment} 《{one.title}》{one.number or ''}{void}")


def print_history(console: Console, sheet: Sheet) -> None:
    """What happened, in order."""
    console.print("\n[bold]经过[/bold]")
    for one in sheet.history:
        console.print(
            f"  {in_china(one.at)} {one.organ} {one.who} "
            f"{one.process}·{one.action} → {one.to_state}"
        )


def in_china(moment: datetime) -> str:
    """A moment as people in China write it, to the minute."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"
