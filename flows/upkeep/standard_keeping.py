"""Keeping an organ's discretion standards: entered by legal staff, confirmed by another person.

A version is written once and never changed; amending adds one from a day on, ending adds one
without degrees. Every entry, confirmation and rejection is on record.
"""

from sqlmodel import Session, col, select

from domain.shapes.discretion import WrittenStandard
from domain.situation.situation import Actor
from domain.tables.site import SiteStandard
from flows.people.user_keeping import Keeper
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.refusals import refuse_if
from flows.site.row_marks import marked
from flows.site.store import transaction
from flows.upkeep.standard_form import Read
from flows.upkeep.standard_letters import (
    CONFIRMERS,
    ask_second_person,
    second_persons,
    tell_enterer,
)

RULE = "local-discretion"
ENTERERS = frozenset({"legal_reviewer"})
"""The chairs of the organ that enter a standard."""
LONGEST_REASON = 500


def enter(keeper: Keeper, read: Read, standard: str = "") -> SiteStandard:
    """A new version that waits for a second person: of a new standard, or of one of the organ's.

    Raises Refused with every reason, and LookupError where the organ has no such standard.
    """
    actor, rules = keeper.actor, keeper.office.rules
    reasons = [*_not_an_enterer(actor), *read.faults]
    with transaction(keeper.office.engine) as session:
        earlier = _versions(session, actor.department, standard) if standard else []
        if standard and not earlier:
            raise LookupError(f"本机关没有编号为「{standard}」的裁量基准")
        if any(_waits(one) for one in earlier):
            reasons.append("这一基准已有一份待确认的登记，请先确认或者退回")
        if not second_persons(session, actor.department, actor.id):
            reasons.append(
                "本机关没有另一名法制人员或者机关负责人的账号可以核对，请系统管理员在「用户」中登记"
            )
        if read.written is not None and not standard:
            reasons += _twice(session, actor.department, read.written)
        refuse_if(rules, "登记裁量基准", RULE, reasons)
        row = SiteStandard(
            standard=standard,
            department_id=actor.department,
            from_day=read.from_day,
            content=read.written.model_dump(mode="json") if read.written else {},
            entered_by=actor.id,
            entered_at=keeper.now,
        )
        session.add(row)
        session.flush()
        row.standard = standard or f"{actor.department}-{row.id}"
        _record(session, keeper, row, ("enter", "none", "waiting"))
        ask_second_person(session, keeper, row)
    return row


def confirm(keeper: Keeper, version_id: int) -> SiteStandard:
    """Puts what another person of the organ entered in force from its day, or today if later.

    Raises Refused with every reason, and LookupError where there is no such version.
    """
    with transaction(keeper.office.engine) as session:
        row = _locked(session, version_id)
        reasons = _not_a_confirmer(keeper.actor, row)
        if keeper.actor.id == row.entered_by:
            reasons.append("裁量基准须由登记人以外的另一名法制人员或者机关负责人核对确认")
        refuse_if(keeper.office.rules, "确认裁量基准", RULE, [*reasons, *_settled(row)])
        row.confirmed_by, row.confirmed_at = keeper.actor.id, keeper.now
        session.add(row)
        _record(session, keeper, row, ("confirm", "waiting", "approved"))
        tell_enterer(session, keeper, row)
    return row


def reject(keeper: Keeper, version_id: int, reason: str) -> SiteStandard:
    """What was entered is not put in force, for a reason; who entered it may withdraw it so."""
    with transaction(keeper.office.engine) as session:
        row = _locked(session, version_id)
        reasons = [*_not_a_confirmer(keeper.actor, row), *_settled(row)]
        text = reason.strip()
        if not 0 < len(text) <= LONGEST_REASON:
            reasons.append(f"请写明退回的理由，不超过{LONGEST_REASON}个字")
        refuse_if(keeper.office.rules, "退回裁量基准", RULE, reasons)
        row.rejected_by, row.rejected_at, row.rejection = keeper.actor.id, keeper.now, text
        session.add(row)
        _record(session, keeper, row, ("reject", "waiting", "rejected"))
        tell_enterer(session, keeper, row)
    return row


def _twice(session: Session, organ: str, written: WrittenStandard) -> list[str]:
    """Another standard of the organ for the same conduct of a matter, entered or in force."""
    newest: dict[str, SiteStandard] = {}
    for row in _versions(session, organ):
        newest[row.standard] = row
    for row in newest.values():
        other = WrittenStandard.model_validate(row.content)
        same = other.conduct == written.conduct and set(other.matters) & set(written.matters)
        if same and other.degrees:
            return [f"本机关对「{written.conduct}」已有裁量基准（{row.standard}），请办理修改"]
    return []


def _versions(session: Session, organ: str, standard: str = "") -> list[SiteStandard]:
    query = select(SiteStandard).where(
        col(SiteStandard.department_id) == organ, col(SiteStandard.rejected_at).is_(None)
    )
    if standard:
        query = query.where(col(SiteStandard.standard) == standard)
    return list(session.exec(query.order_by(col(SiteStandard.id))))


def _waits(row: SiteStandard) -> bool:
    return row.confirmed_at is None and row.rejected_at is None


def _not_an_enterer(actor: Actor) -> list[str]:
    return [] if actor.roles & ENTERERS else ["裁量基准由本机关法制人员登记"]


def _not_a_confirmer(actor: Actor, row: SiteStandard) -> list[str]:
    may = actor.roles & CONFIRMERS and actor.department == row.department_id
    return [] if may else ["裁量基准由登记机关的法制人员或者机关负责人核对"]


def _settled(row: SiteStandard) -> list[str]:
    if row.confirmed_at is not None:
        return ["已经确认，不能改动；需要修改、停用的另行登记"]
    return ["已经退回，请重新登记"] if row.rejected_at is not None else []


def _locked(session: Session, version_id: int) -> SiteStandard:
    query = select(SiteStandard).where(col(SiteStandard.id) == version_id)
    row = session.exec(query.with_for_update()).one_or_none()
    if row is None:
        raise LookupError(f"没有编号为{version_id}的裁量基准登记")
    return row


def _record(
    session: Session, keeper: Keeper, row: SiteStandard, move: tuple[str, str, str]
) -> None:
    action, before, after = move
    detail = {
        "standard": row.standard,
        "department": row.department_id,
        "from_day": row.from_day.isoformat(),
        "after": row.content,
        "reason": row.rejection,
        **marked("discretion", row, keeper.office.keys.chain),
    }
    act = Act(action, keeper.actor, keeper.now, detail, before, after)
    append(session, [act_event(Thing("discretion", row.id or 0), act)], keeper.office.keys.chain)
