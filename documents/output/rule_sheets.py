"""Lists of the rulebook as tables to take away, for who has them checked."""

from collections.abc import Iterable
from datetime import date

from documents.output.table_files import Cell, Column, Sheet
from domain.lookup.citations import uses
from domain.lookup.limit_book import EVIDENCE, LimitEntry
from domain.lookup.stale_citations import stale_citations
from domain.rulebook.rulebook import Rulebook

LIMITS = (
    Column("编号", 22), Column("时限", 30), Column("流程", 24), Column("期限", 16),
    Column("责任机关", 24), Column("起算", 36), Column("终止", 36), Column("依据", 48),
    Column("依据情况", 12), Column("上次核对", 12), Column("待核对的理由", 36),
    Column("系统不计时的理由", 36),
)  # fmt: skip
CITATIONS = (
    Column("编号", 24), Column("依据", 60), Column("依据情况", 12), Column("上次核对", 12),
    Column("为何待核对", 48), Column("引用之处", 60),
)  # fmt: skip


def limits_sheet(rules: Rulebook, entries: Iterable[LimitEntry]) -> Sheet:
    """The limits of a list, each with the figure in force and its article."""
    return Sheet("时限", LIMITS, (_limit(rules, one) for one in entries))


def _limit(rules: Rulebook, one: LimitEntry) -> tuple[Cell, ...]:
    value, article = one.shown, one.shown.article
    return (
        one.id, one.rule.label, "、".join(rules.lifecycles[kind].label for kind in one.processes),
        value.figure, one.rule.actor, one.rule.starts_on, one.rule.stops_on, str(article),
        EVIDENCE[article.evidence], article.last_checked, "；".join(one.stale), one.unwatched,
    )  # fmt: skip


def stale_sheet(rules: Rulebook, day: date) -> Sheet:
    """Every article that wants checking on a day, why, and what rests on it."""
    cited = uses(rules)
    rows = (
        (
            one.article.id, str(one.article), EVIDENCE[one.article.evidence],
            one.article.last_checked, "；".join(one.reasons),
            "、".join(f"{use.label}{use.part}" for use in cited.get(one.article.id, ())),
        )
        for one in stale_citations(rules, day)
    )  # fmt: skip
    return Sheet("待核对的依据", CITATIONS, rows)
