"""The closing table of inspections: what was planned, drawn, visited, found, and came of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session, col, select

from domain.tables.process import Clue, Process
from domain.tables.undertaking import Undertaking
from flows.rehearsal.inspections.cooperation_books import cooperation_told
from flows.rehearsal.outcomes import outcome_of
from flows.site.office import Office
from flows.site.store import reading

ON_SITE, BY_PROGRAM = "on_site", "由系统公示"
NOT_MADE = ("cancelled", "recognised")
"""States of an inspection that was not made."""
Line = tuple[str, str]


def year_told(office: Office) -> list[Line]:
    """What became of the inspections, line by line; empty where there were none."""
    with reading(office.engine) as session:
        rows = _by_kind(session)
        if not rows.get("visit"):
            return []
        findings = _processes(session, "finding")
        return [
            ("公布计划", f"{len(_in(rows, 'publication', 'published'))}份"),
            ("抽取", _drawn(_in(rows, "draw", "released"))),
            ("检查", _visited(rows["visit"], findings)),
            ("检查结果", _outcomes(office, findings)),
            ("责令改正", _corrected(_processes(session, "visit_correction"))),
            ("公示结果", _published(findings)),
            ("登记线索", _clues(session)),
            ("风险预警", _warned(rows.get("risk_warning", []), rows["visit"])),
            *cooperation_told(session, office, rows),
        ]


def _by_kind(session: Session) -> dict[str, list[Undertaking]]:
    found: dict[str, list[Undertaking]] = {}
    for one in session.exec(select(Undertaking).order_by(col(Undertaking.id))):
        found.setdefault(one.kind, []).append(one)
    return found


def _in(rows: Mapping[str, list[Undertaking]], kind: str, state: str) -> list[Undertaking]:
    return [one for one in rows.get(kind, []) if one.state == state]


def _processes(session: Session, kind: str) -> Sequence[Process]:
    return session.exec(select(Process).where(col(Process.kind) == kind)).all()


def _drawn(draws: Iterable[Undertaking]) -> str:
    found = list(draws)
    objects = sum(len(one.facts["drawn"]) for one in found)
    witnesses = sum(len(one.facts["numbers"]) for one in found)
    return f"{len(found)}次，见证数{witnesses}个，抽中{objects}户"


def _visited(visits: Sequence[Undertaking], findings: Iterable[Process]) -> str:
    visits = [one for one in visits if one.state not in NOT_MADE]
    doors = [one for one in visits if one.facts.get("way") == ON_SITE]
    by_visit = Counter(one.clue_id for one in findings)
    joint = sum(by_visit[one.id or 0] > 1 for one in visits)
    told = f"{len(visits)}次：现场{len(doors)}次，非现场{len(visits) - len(doors)}次"
    return f"{told}，两个部门一次上门{joint}次"


def _outcomes(office: Office, findings: Iterable[Process]) -> str:
    options = office.rules.lifecycles["finding"].actions["enter_result"].form["outcome"].options
    counted = Counter(str(one.facts["outcome"]) for one in findings if one.facts.get("outcome"))
    return "，".join(f"{options[one]}{number}份" for one, number in counted.most_common())


def _corrected(orders: Sequence[Process]) -> str:
    passed = sum(one.state == "corrected" for one in orders)
    return f"{len(orders)}件，复查合格{passed}件"


def _published(findings: Iterable[Process]) -> str:
    found = [one for one in findings if one.state == "published"]
    own = sum(BY_PROGRAM in str(one.facts.get("published_where")) for one in found)
    return f"{len(found)}份，其中期限届满前由系统公示{own}份"


def _clues(session: Session) -> str:
    query = select(Clue).where(col(Clue.channel) == "inspection").order_by(col(Clue.id))
    found = [f"{one.no}（{outcome_of(session, one)}）" for one in session.exec(query)]
    return f"{len(found)}件" + (f"：{'、'.join(found)}" if found else "")


def _warned(warnings: Sequence[Undertaking], visits: Iterable[Undertaking]) -> str:
    plans = sum(len(one.facts.get("led_to") or ()) for one in warnings)
    special = sum(one.facts.get("kind") == "special" for one in visits)
    return f"{len(warnings)}件，据此拟制专项计划或者提出检查{plans}件，专项检查{special}次"
