"""The order of supervision filled in from what is overdue: one click from the list to the form."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from domain.limits.board_stages import duties
from domain.tables.process import Clock, Clue, Process
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou, visible
from flows.reminders.reminder_texts import Lateness, trigger_text
from flows.watch.light_counts import is_late

DEMANDS = "请依法抓紧办理上述事项，在督办期限前办结，并书面报送办理情况和逾期原因。"
BEFORE_ORDER = ("drafted", "urged")
"""The states of a supervision out of which an order grows."""


@dataclass(frozen=True)
class SupervisionForm:
    """An order of supervision filled in from what is overdue; its due day is a person's to set."""

    clue_no: str
    process: int | None
    form: Mapping[str, str]


def supervision_form(session: Session, viewer: Viewer, clock_id: int) -> SupervisionForm:
    """The filled-in form of an order of supervision, for the clue of a clock.

    It is over everything that the clock's owner is late with in that clue. Raises NotForYou where
    the viewer may not see it.
    """
    found = session.exec(
        select(Clock, Clue)
        .join(Clue, col(Clue.id) == col(Clock.clue_id))
        .where(col(Clock.id) == clock_id, visible(viewer.office, viewer.actor))
    ).one_or_none()
    if found is None:
        raise NotForYou("没有这个时限，或者您无权查看")
    clock, clue = found
    late = session.exec(
        select(Clock)
        .where(
            col(Clock.clue_id) == clue.id,
            col(Clock.owner_id) == clock.owner_id,
            col(Clock.ended_at).is_(None),
            col(Clock.rule).in_(duties(viewer.office.rules.deadlines)),
            is_late(viewer.now),
        )
        .order_by(col(Clock.breach_at), col(Clock.id))
    )
    rules = viewer.office.rules
    told = [trigger_text(Lateness(rules, one, clue, viewer.now)) for one in late]
    form = {
        "to_department": clock.owner_id,
        "trigger": "；\n".join(told) + "。" if told else "",
        "demands": DEMANDS,
    }
    return SupervisionForm(clue.no, _waiting_supervision(session, clock), form)


def _waiting_supervision(session: Session, clock: Clock) -> int | None:
    """The draft or urging to the owner that the order would grow out of."""
    query = select(Process).where(
        col(Process.clue_id) == clock.clue_id,
        col(Process.kind) == "supervision",
        col(Process.state).in_(BEFORE_ORDER),
    )
    rows = session.exec(query.order_by(col(Process.id).desc()))
    return next((one.id for one in rows if addressee(one) == clock.owner_id), None)


def addressee(process: Process) -> str:
    """Whom a supervision is addressed to; a draft lies with who drafts it."""
    return str(process.facts.get("to_department") or process.department_id)
