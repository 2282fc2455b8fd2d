"""Adjusting one subject of the roster by hand: name, standing, tags; each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, select

from domain.limits.limit import day_of
from domain.rosters.listed_subject import ListedSubject
from domain.tables.roster import Avoidance, RosterOfficer, Subject
from flows.people.user_keeping import Keeper, NotKept
from flows.people.visible_clues import NotForYou
from flows.rosters.roster_rows import Writer, area_of, listed
from flows.site.row_marks import marked
from flows.site.store import transaction


@dataclass(frozen=True)
class Adjustment:
    """How somebody wants a subject to stand from today on, why, and the version that he saw."""

    name: str
    status: str
    tags: frozenset[str]
    address: str = ""
    contact: str = ""
    phone: str = ""
    reason: str = ""
    version: int = 0


def subject_of(session: Session, area: str, key: str) -> Subject:
    """The subject of that key in an area's roster; NotForYou where there is none."""
    mine = (col(Subject.key) == key, col(Subject.area) == area)
    row = session.exec(select(Subject).where(*mine)).one_or_none()
    if row is None:
        raise NotForYou(f"本地区名录中没有「{key}」")
    return row


def adjust(keeper: Keeper, key: str, given: Adjustment) -> None:
    """A subject stands otherwise from today on, on record; NotKept with every complaint."""
    with transaction(keeper.office.engine) as session:
        row = subject_of(session, area_of(keeper), key)
        [before] = listed(session, row.area, day_of(keeper.now), row.id or 0)
        found = _complaints(keeper, given)
        if given.version != row.version:
            found["version"] = "该对象刚刚被他人更改，请刷新后再试"
        if found:
            raise NotKept(found)
        after = _after(before, given)
        if after == before:
            return
        writer = Writer(session, keeper, given.reason)
        writer.write(before, after)
        detail = {"label": key, "reason": given.reason, "before": before.facts}
        writer.record("change", row.id or 0, {**detail, "after": after.facts})


def _after(before: ListedSubject, given: Adjustment) -> ListedSubject:
    names = before.names if given.name in before.names else (*before.names, given.name)
    return replace(
        before,
        name=given.name,
        names=names,
        status=given.status,
        tags=given.tags,
        address=given.address,
        contact=given.contact,
        phone=given.phone,
    )


def _complaints(keeper: Keeper, given: Adjustment) -> dict[str, str]:
    words, found = keeper.office.rules.rosters, {}
    if not given.name:
        found["name"] = "请填写名称"
    if given.status not in words.statuses:
        found["status"] = "请选择状态"
    if given.tags - set(words.tags):
        found["tags"] = "标签不在名录的用语里"
    if not given.reason:
        found["reason"] = "请写明调整的理由（如：登记机关核准注销、日常检查发现停业）"
    return found


@dataclass(frozen=True)
class Shunned:
    """An officer (by certificate) who is not to inspect a subject, why, from when until when."""

    certificate_no: str
    ground: str
    since: date
    until: date | None = None


def avoid(keeper: Keeper, key: str, given: Shunned) -> None:
    """Notes that an officer may not inspect a subject; NotKept with every complaint."""
    with transaction(keeper.office.engine) as session:
        row = subject_of(session, area_of(keeper), key)
        held = col(RosterOfficer.certificate_no) == given.certificate_no
        officer = session.exec(select(RosterOfficer).where(held)).one_or_none()
        found: dict[str, str] = {}
        if officer is None:
            found["officer"] = "执法检查人员名录中没有这个执法证号"
        if given.ground not in keeper.office.rules.rosters.avoidances:
            found["ground"] = "请选择回避的情形"
        if given.until and given.until <= given.since:
            found["until"] = "截止日期应当晚于起始日期"
        if found or officer is None:
            raise NotKept(found)
        noted = Avoidance(
            officer_id=officer.id or 0,
            subject_id=row.id or 0,
            ground=given.ground,
            since=given.since,
            until=given.until,
        )
        session.add(noted)
        session.flush()
        detail: Mapping[str, object] = {
            "label": key,
            "certificate_no": given.certificate_no,
            "ground": keeper.office.rules.rosters.avoidances[given.ground].label,
            "from_day": given.since.isoformat(),
            **marked("avoidance", noted, keeper.office.keys.chain),
        }
        Writer(session, keeper, "").record("avoid", row.id or 0, detail)
