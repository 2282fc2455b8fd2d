"""The closing table: what became of the clues, their documents, limits and reminders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from domain.tables.process import Clock, Clue, Process
from domain.tables.record import IssuedDocument
from domain.tables.work import FollowUp, ReminderFiring
from flows.site.event_chain import Verdict, verify
from flows.site.office import Office
from flows.site.store import reading

OPEN = "在办"
OUTCOMES = (
    "不予立案",
    "联合治理、督促整改",
    "行政处罚",
    "不予处罚",
    "涉嫌犯罪移送",
    "投诉调解",
    "告知其他途径",
    "并入",
    OPEN,
)


@dataclass
class Row:
    """One outcome with its figures; limits count once each, however they ended."""

    outcome: str
    clues: int = 0
    documents: int = 0
    on_time: int = 0
    late: int = 0
    reminders: int = 0


@dataclass
class Closing:
    """The closing table and whatever is not as it should be."""

    rows: Sequence[Row]
    follow_ups: int
    waiting: int
    verdict: Verdict
    troubles: list[str] = field(default_factory=list)

    @property
    def total(self) -> Row:
        """All outcomes together."""
        found = Row("合计")
        for row in self.rows:
            found.clues += row.clues
            found.documents += row.documents
            found.on_time += row.on_time
            found.late += row.late
            found.reminders += row.reminders
        return found


def close_books(office: Office, now: datetime, stuck: Iterable[str]) -> Closing:
    """What the rehearsal came to."""
    with reading(office.engine) as session:
        found = {name: Row(name) for name in OUTCOMES}
        rights = {key for key, rule in office.rules.deadlines.items() if rule.optional_right}
        for clue in session.exec(select(Clue)):
            _count(session, clue, found[outcome_of(session, clue)], (now, rights))
        follow_ups = list(session.exec(select(FollowUp)))
        verdict = verify(session, office.keys.chain)
    parked = [one for one in follow_ups if one.parked_at]
    failing = [one for one in follow_ups if one.last_error and not one.parked_at]
    troubles = [f"卡住：{one}" for one in stuck]
    troubles += [f"搁置的后续事项：{one.clue_no} {one.task}：{one.last_error}" for one in parked]
    troubles += [f"失败的后续事项：{one.clue_no} {one.task}：{one.last_error}" for one in failing]
    if not verdict.holds:
        troubles.append(f"办理记录核验不通过：{verdict.reason}")
    return Closing(
        rows=[row for row in found.values() if row.clues],
        follow_ups=sum(one.done_at is not None for one in follow_ups),
        waiting=sum(one.done_at is None and one.parked_at is None for one in follow_ups),
        verdict=verdict,
        troubles=troubles,
    )


def outcome_of(session: Session, clue: Clue) -> str:
    """What became of a clue."""
    if clue.state in {"merged", "redirected"}:
        return {"merged": "并入", "redirected": "告知其他途径"}[clue.state]
    if clue.state not in {"closed", "archived"}:
        return OPEN
    kinds = set(
        session.exec(select(IssuedDocument.kind).where(col(IssuedDocument.clue_id) == clue.id))
    )
    for kind, outcome in (
        ("penalty_decision", "行政处罚"),
        ("spot_decision", "行政处罚"),
        ("no_penalty_decision", "不予处罚"),
        ("refusal_to_file", "不予立案"),
        ("complaint_admission", "投诉调解"),
    ):
        if kind in kinds:
            return outcome
    referred = session.exec(
        select(Process.id).where(col(Process.clue_id) == clue.id, col(Process.kind) == "referral")
    ).first()
    return "涉嫌犯罪移送" if referred else "联合治理、督促整改"


def _count(session: Session, clue: Clue, row: Row, by: tuple[datetime, set[str]]) -> None:
    """Counts a clue in; a right that nobody has to use is neither kept nor missed."""
    now, rights = by
    row.clues += 1
    papers = select(IssuedDocument.id).where(col(IssuedDocument.clue_id) == clue.id)
    row.documents += len(session.exec(papers).all())
    clocks = list(session.exec(select(Clock).where(col(Clock.clue_id) == clue.id)))
    for clock in clocks:
        if clock.rule in rights:
            continue
        if (clock.ended_at or now) > clock.breach_at and not clock.paused:
            row.late += 1
        elif clock.ended_at:
            row.on_time += 1
    fired = select(ReminderFiring.id).where(
        col(ReminderFiring.clock_id).in_([one.id for one in clocks]),
        col(ReminderFiring.outcome) == "sent",
    )
    row.reminders += len(session.exec(fired).all())
