"""Stories of the rehearsal played in a test: no Prefect, the follow-ups done by plain code."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session, SQLModel, col, select

from domain.tables.process import Clue, Process
from domain.tables.record import Event, IssuedDocument
from flows.afterwards import (
    case_file,
    chasing,
    delivery,
    expiry,
    joint_report,
    publicity,
)
from flows.afterwards.intake_reports import report_intake
from flows.afterwards.outbox import Job, Later, claim, finish, put_off
from flows.afterwards.write_back import write_back
from flows.imports.clerk import Clerk
from flows.imports.order_import import import_file
from flows.rehearsal.clockwork import Story
from flows.rehearsal.demonstration import make_demonstration
from flows.rehearsal.haste import act_until
from flows.rehearsal.people import person
from flows.rehearsal.play import (
    CHANNEL,
    IMPORTED_AT,
    MAPPING,
    cast_officials,
    cast_orders,
    days,
    set_stage,
)
from flows.rehearsal.scene import Stage
from flows.rehearsal.work_orders import by_number, write_work_orders
from flows.reminders.sweep import sweep
from flows.site.office import Office
from flows.site.store import reading
from flows.visits import result_publicity, visit_letters
from tests.helpers.office import KEYS, open_test_office
from tests.helpers.story import docx_text

Work = Callable[[Office, Job, datetime], Later | None]
WORK: Mapping[str, Work] = {
    "report_intake": report_intake,
    "deliver_letter": delivery.deliver_letter,
    "ask_parts": delivery.ask_parts,
    "serve_documents": delivery.serve_documents,
    "deliver_order": delivery.deliver_order,
    "deliver_notice": visit_letters.deliver_notice,
    "hand_on_results": visit_letters.hand_on_results,
    "publish_result": result_publicity.publish_result,
    "put_result": result_publicity.put_result,
    "deliver_packet": delivery.deliver_packet,
    "chase_payment": chasing.chase_payment,
    "check_correction": chasing.check_correction,
    "await_receipt": chasing.await_receipt,
    "publish_decision": publicity.publish_decision,
    "end_announcement": expiry.end_announcement,
    "end_review_right": expiry.end_review_right,
    "end_suit_right": expiry.end_suit_right,
    "assemble_packet": case_file.assemble_packet,
    "seal_case_file": case_file.seal_case_file,
    "draft_joint_report": joint_report.draft_joint_report,
    "write_back": write_back,
}


def rehearsal_office(home: Path) -> Office:
    """An office with the rehearsal's people; their home is made once per process, and copied."""
    home.mkdir(parents=True, exist_ok=True)
    for name, content in _prepared().items():
        (home / name).write_bytes(content)
    (home / KEYS).chmod(0o600)
    return open_test_office(home)


@cache
def _prepared() -> Mapping[str, bytes]:
    with TemporaryDirectory() as folder:
        office = open_test_office(Path(folder))
        SQLModel.metadata.create_all(office.engine)
        make_demonstration(office, IMPORTED_AT)
        office.engine.dispose()
        return {one.name: one.read_bytes() for one in Path(folder).iterdir() if one.is_file()}


def play(
    office: Office,
    *numbers: str,
    until: datetime | None = None,
    besides: Callable[[Stage], None] | None = None,
) -> Stage:
    """Imports some orders and plays their stories to the end, or on until a moment.

    `besides` casts other stories beside them.
    """
    workbook = office.settings.home / "orders.xlsx"
    write_work_orders(workbook, numbers)
    clerk = Clerk(office, person(office.settings.desk, "intake_clerk"), IMPORTED_AT)
    import_file(clerk, workbook, CHANNEL, MAPPING)
    stage = set_stage(office)
    cast_orders(stage, [by_number()[one] for one in numbers])
    cast_officials(stage)
    if besides is not None:
        besides(stage)
    if until is not None:
        stage.agenda.add("等待", waiting(until), stage.now)
    for day in days(stage):
        people_act(stage, day.morning)
        assert not sweep(office, day.morning).failed
        people_act(stage, day.evening)
        work_off(office, day.evening)
    return stage


def waiting(until: datetime) -> Story:
    """Somebody who waits, so that the play goes on."""
    yield until


def people_act(stage: Stage, until: datetime) -> None:
    """People act up to a moment; what presses meanwhile is done."""
    while stage.agenda.has_turn(until):
        if act_until(stage, until):
            work_off(stage.office, stage.now)
    stage.agenda.now = max(stage.agenda.now, until)


def work_off(office: Office, now: datetime) -> None:
    """Every follow-up that is due is done."""
    while jobs := claim(office, now, "test"):
        for job in jobs:
            later = WORK[job.task](office, job, now)
            if isinstance(later, Later):
                put_off(office, job, later.at)
            else:
                finish(office, [job], now)


def clue_of(session: Session, number: str) -> Clue:
    """The clue of an order."""
    return session.exec(select(Clue).where(col(Clue.outside_no) == number)).one()


def states(office: Office, number: str) -> tuple[str, dict[str, str]]:
    """The state of an order's clue, and of its newest process of each kind."""
    with reading(office.engine) as session:
        clue = clue_of(session, number)
        rows = session.exec(select(Process).where(col(Process.clue_id) == clue.id))
        return clue.state, {row.kind: row.state for row in rows}


def deeds(office: Office, number: str) -> list[str]:
    """What happened to an order's clue, in order."""
    with reading(office.engine) as session:
        clue = clue_of(session, number)
        query = select(Event).where(col(Event.clue_id) == clue.id).order_by(col(Event.seq))
        return [f"{one.process_kind}.{one.action}" for one in session.exec(query)]


def papers(office: Office, number: str) -> set[str]:
    """The kinds of documents issued for an order's clue."""
    with reading(office.engine) as session:
        clue = clue_of(session, number)
        query = select(IssuedDocument.kind).where(col(IssuedDocument.clue_id) == clue.id)
        return set(session.exec(query))


def paper_text(office: Office, number: str, kind: str) -> str:
    """What the newest document of a kind says."""
    with reading(office.engine) as session:
        clue = clue_of(session, number)
        query = select(IssuedDocument).where(
            col(IssuedDocument.clue_id) == clue.id, col(IssuedDocument.kind) == kind
        )
        newest = session.exec(query.order_by(col(IssuedDocument.id).desc())).first()
    assert newest is not None
    return docx_text(office.shelf.get(newest.sha256))
