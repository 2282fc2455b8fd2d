"""A case's screening as text for a terminal: what was found, by which figures and articles."""

from collections.abc import Iterable, Iterator

from cli.terminal.clue_sheet import in_china
from domain.lookup.screening_report import ExplainedOffence
from flows.lists.screened_cases import ScreenedCase

SHAPES = {"met": "▲", "suspicion": "▲", "ask": "？", "near": "◆", "not_met": "●"}
"""The outcome by its shape, beside its word."""
NOTHING = "没有可以对照的罪名：没有选定监管事项，也没有填写「对照罪名」"


def screening_lines(cases: Iterable[ScreenedCase]) -> Iterator[str]:
    """What the screening of these cases found, the gravest first; nothing before it was done."""
    for one in cases:
        if one.recorded_at is None:
            continue
        yield f"涉刑初筛（行政处罚案件#{one.case.id}，{in_china(one.recorded_at)} 登记违法事实）"
        if not one.offences:
            none = f"无对应罪名：{'；'.join(one.none_said)}" if one.none_said else NOTHING
            yield f"  {none}"
        for offence in one.offences:
            yield from _offence(offence)
        yield from _blocked(one)


def _offence(told: ExplainedOffence) -> Iterator[str]:
    found = told.finding
    articles = [told.article, *(way.article for way in told.ways if way.article.id == found.basis)]
    named = "；".join(dict.fromkeys(str(one) for one in articles))
    reason = found.reason.partition("；待确认：")[0]
    yield f"  {SHAPES[found.outcome]} {told.outcome}　{reason}（{named}）"
    for question in found.questions:
        yield f"      待确认：{question.text}〔{question.tier}〕"


def _blocked(one: ScreenedCase) -> Iterator[str]:
    waiting = [block for block in one.blocked if block.reason]
    if waiting:
        labels = "、".join(dict.fromkeys(block.label for block in waiting))
        yield f"  移送问题未决，现在不能办理：{labels}"
        yield f"      {waiting[0].reason}（{waiting[0].article}）"
