"""Deliveries: letters, notices, packets and orders laid in the inbox they are meant for, once.

Delivered in law they are only with the receipt; nothing here pretends that one came.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from domain.situation.recipients import Recipient
from domain.tables.process import Clock, Process
from domain.tables.work import InboxMessage
from flows.afterwards.desk_letters import (
    Letter,
    document_reference,
    document_references,
    limit_in_words,
    messages_for,
)
from flows.afterwards.follow_up_context import (
    clue_of,
    documents_beside,
    documents_of,
    event_of,
    form_of,
    open_clocks,
    process_of,
)
from flows.afterwards.outbox import Job
from flows.door.inbox import message_once
from flows.site.office import Office
from flows.site.store import transaction

Addressee = Callable[[Session, Job, Mapping[str, object]], tuple[str | None, ...]]


def _field(name: str) -> Addressee:
    return lambda session, job, form: (str(form.get(name) or ""),)


def _sender(session: Session, job: Job, form: Mapping[str, object]) -> tuple[str | None, ...]:
    return (job.sender,)


def _parties(session: Session, job: Job, form: Mapping[str, object]) -> tuple[str | None, ...]:
    dispute = process_of(session, job)
    return (dispute.department_id, dispute.counterpart_id)


def _other_side(session: Session, job: Job, form: Mapping[str, object]) -> tuple[str | None, ...]:
    return (process_of(session, job).counterpart_id,)


def _with_process(kind: str) -> Addressee:
    def found(session: Session, job: Job, form: Mapping[str, object]) -> tuple[str | None, ...]:
        query = select(Process.department_id).where(
            col(Process.clue_id) == job.clue_id, col(Process.kind) == kind
        )
        return tuple(session.exec(query.order_by(col(Process.id))))

    return found


ADDRESSEES: Mapping[tuple[str, str], Addressee] = {
    ("clue", "dispatch"): _field("lead"),
    ("clue", "transfer_on"): _field("lead"),
    ("clue", "assign"): _field("lead"),
    ("clue", "return"): _sender,
    ("clue", "dispute"): _field("opponent"),
    ("duty_crime", "approve"): _other_side,
    ("dispute", "assign"): _parties,
    ("dispute", "coordinate"): _parties,
    ("dispute", "decide"): _parties,
    ("circular", "issue"): _with_process("circular_receipt"),
    ("risk_warning", "push"): _with_process("risk_response"),
    ("breach_record", "trigger"): _with_process("joint_measure"),
}
"""Whom the letter of an action is for."""


def deliver_letter(office: Office, job: Job, now: datetime) -> None:
    """Lays the letter of the action on the desk of the department it is addressed to."""
    with transaction(office.engine) as session:
        event = event_of(session, job)
        find = ADDRESSEES[(job.process_kind, job.action)]
        to = [Recipient(one) for one in find(session, job, form_of(event)) if one]
        label = office.rules.lifecycles[job.process_kind].actions[job.action].label
        organ = office.rules.departments[event.department_id].name
        lifecycles = office.rules.lifecycles
        what = lifecycles[lifecycles[job.process_kind].root].label
        messages: list[InboxMessage] = []
        for document in documents_of(session, job) or documents_beside(session, job):
            body = f"{organ}送来{document_reference(document)}，{what}{job.clue_no}，请签收办理。"
            letter = Letter("letter", f"{document.title}：{job.clue_no}", body)
            messages += messages_for(letter, job, f"letter-{document.id}", to, now)
        if not messages:
            letter = Letter("letter", f"{label}：{job.clue_no}", f"{organ}{label}，请签收办理。")
            messages = messages_for(letter, job, f"letter-of-{job.key}", to, now)
        message_once(session, messages)


def ask_parts(office: Office, job: Job, now: datetime) -> None:
    """Sends every department that was asked to take part the notice, with its own due day."""
    with transaction(office.engine) as session:
        asked = select(Process).where(
            col(Process.clue_id) == job.clue_id,
            col(Process.kind) == "part",
            col(Process.opened_at) == job.created_at,
        )
        notice = document_references(documents_of(session, job))
        for part in session.exec(asked.order_by(col(Process.id))):
            letter = _part_notice(session, office, job, part, notice)
            to = [Recipient(part.department_id, "handler")]
            message_once(session, messages_for(letter, job, f"part-{part.id}", to, now))


def _part_notice(session: Session, office: Office, job: Job, part: Process, notice: str) -> Letter:
    lead = office.rules.departments[part.counterpart_id or clue_of(session, job).department_id]
    query = select(Clock).where(
        col(Clock.process_kind) == "part",
        col(Clock.process_id) == part.id,
        col(Clock.ended_at).is_(None),
    )
    limits = [limit_in_words(one, office.rules) for one in session.exec(query)]
    lines = [
        f"{lead.name}商请贵单位协同核查线索{job.clue_no}。",
        f"核查事项：{part.facts.get('scope') or '见通知书'}",
        *limits,
        *([f"文书：{notice}"] if notice else []),
    ]
    return Letter("verification.ask_parts", f"联合核查通知：{job.clue_no}", "\n".join(lines))


def serve_documents(office: Office, job: Job, now: datetime) -> None:
    """Gives the handler the task of service: which documents, and by when."""
    with transaction(office.engine) as session:
        case = process_of(session, job)
        transition = office.rules.lifecycles["case"].actions[job.action]
        opened = tuple(start.clock for start in transition.opens)
        limits = [limit_in_words(one, office.rules) for one in open_clocks(session, job, opened)]
        papers = document_references(documents_of(session, job))
        lines = [f"请依法送达：{papers}。", *limits, "送达后请登记送达时间，送达回证入卷。"]
        letter = Letter("penalty.serve", f"文书待送达：{job.clue_no}", "\n".join(lines))
        to = [Recipient(case.department_id, "handler")]
        message_once(session, messages_for(letter, job, f"serve-{job.key}", to, now))


def deliver_order(office: Office, job: Job, now: datetime) -> None:
    """Lays the order of supervision before the head of the department it is addressed to."""
    with transaction(office.engine) as session:
        order = process_of(session, job)
        form = form_of(event_of(session, job))
        limits = [limit_in_words(one, office.rules) for one in open_clocks(session, job)]
        lines = [
            f"督办事由：{form.get('trigger') or ''}",
            f"督办要求：{form.get('demands') or ''}",
            *limits,
            f"文书：{document_references(documents_of(session, job))}",
        ]
        letter = Letter("supervision.letter", f"督办函：{job.clue_no}", "\n".join(lines))
        to = [Recipient(order.department_id, "department_head")]
        message_once(session, messages_for(letter, job, f"order-{job.key}", to, now))


def deliver_packet(office: Office, job: Job, now: datetime) -> None:
    """Lays the packet, or the letter of the action, before the police or procuratorate liaison."""
    with transaction(office.engine) as session:
        to = _liaison(session, office, job, now)
        documents = documents_of(session, job)
        organ = office.rules.departments[process_of(session, job).department_id].name
        label = office.rules.lifecycles["referral"].actions[job.action].label
        lines = [f"{organ}：{label}（线索{job.clue_no}）。"]
        if documents:
            lines.append(f"文书：{document_references(documents)}")
        lines += _packet_lines(session, job)
        letter = Letter("referral.packet", f"{label}：{job.clue_no}", "\n".join(lines))
        message_once(session, messages_for(letter, job, f"packet-{job.key}", to, now))


def _liaison(session: Session, office: Office, job: Job, now: datetime) -> list[Recipient]:
    referral = process_of(session, job)
    if job.action != "ask_supervision":
        return [Recipient(job.counterpart, "police_liaison")]
    area = office.rules.departments[referral.department_id].area
    return [
        Recipient(key, "procuratorate_liaison")
        for key, one in office.rules.departments.items()
        if (one.kind, one.area) == ("procuratorate", area) and not one.closed
    ]


def _packet_lines(session: Session, job: Job) -> list[str]:
    if job.action != "deliver":
        return []
    form = form_of(event_of(session, job))
    by_hand = form.get("delivery_way") == "paper"
    way = "纸质材料当面移送" if by_hand else "材料随本系统移送"
    lines = [f"移送方式：{way}，共{form.get('copies') or 1}份。"]
    return [*lines, "请在移送书回执上签字；未见回执的，不视为已经送达。"]
