"""Keeping departments: as they stand from a day on; never deleted, never changed backwards.

What an administrator fills in is a row of its own, laid over `config/departments.yaml`. A closed
department finishes what it holds and is given nothing new; its old documents keep their numbers.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from domain.limits.limit import day_of
from domain.rulebook.rulebook import Rulebook
from domain.shapes.entries import Department
from domain.tables.people import User
from domain.tables.process import Clue, Process
from domain.tables.site import SiteDepartment
from domain.tables.undertaking import Undertaking
from flows.people.mail_addresses import WANTED, is_mail_address
from flows.people.user_keeping import Keeper, NotKept
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import Happening, append
from flows.site.row_marks import marked
from flows.site.site_rules import changed_departments, in_force
from flows.site.store import transaction
from flows.upkeep.number_marks import twin_of

LONGEST = 100
LONGEST_SHORT = 20
_LETTERS = re.compile(r"[\u3400-\u9fff0-9A-Za-z]+")
"""What a 机关代字 is written with: brackets or blanks would be read as parts of the number."""
LABELS = {
    "name": "名称",
    "short": "机关代字",
    "code": "统一社会信用代码",
    "address": "地址",
    "phone": "电话",
    "email": "接收提醒的邮箱",
    "court": "管辖法院",
    "review_organ": "行政复议机关",
    "hearing_floor_source": "听证数额所依据的规定",
}
KINDS = {
    "enforcement": "行政执法机关",
    "police": "公安机关",
    "procuratorate": "检察机关",
    "justice": "司法行政部门",
    "staffing": "机构编制部门",
    "government": "人民政府",
    "hotline": "热线机构",
    "supervision": "监察机关",
}
LEVELS = {"province": "省级", "city": "市级", "county": "县级"}


@dataclass(frozen=True)
class Entry:
    """A department as somebody wants it from a day on."""

    id: str
    from_day: date
    department: Department


@dataclass(frozen=True)
class Burden:
    """What a department still holds: open clues, open processes beside them, and people."""

    clues: int
    processes: int
    users: int


def keep_department(keeper: Keeper, entry: Entry, *, new: bool = False) -> None:
    """Keeps a department as it stands from a day on, on record; NotKept with every complaint."""
    with transaction(keeper.office.engine) as session:
        rules = in_force(keeper.office, keeper.now).rules
        day = entry.from_day
        base = (rules.base or rules).departments
        known = {**rules.departments, **changed_departments(session, day, base)}
        found = dict(_complaints(rules, known, entry))
        found |= _twin(session, rules, known, entry)
        if day < day_of(keeper.now):
            found["from_day"] = "不得早于今天：已办的事项以当时的名称和代字为准"
        if new and entry.id in known:
            found["id"] = f"已有编号为「{entry.id}」的部门"
        if entry.department.closed and entry.id == keeper.office.settings.desk:
            found["closed"] = "这是受理登记的热线机构，不能停用"
        if found:
            raise NotKept(found)
        before = known.get(entry.id)
        if before == entry.department:
            return
        row = SiteDepartment(
            department_id=entry.id,
            from_day=day,
            content=entry.department.model_dump(mode="json"),
            changed_by=keeper.actor.id,
            changed_at=keeper.now,
        )
        session.add(row)
        session.flush()
        key = keeper.office.keys.chain
        told = _happening(keeper, entry, before, marked("department", row, key))
        append(session, [told], key)


def amount_or_none(text: str) -> Decimal | None:
    """A sum as somebody wrote it; nothing where it is left blank, minus one where it is none."""
    written = text.replace(",", "").strip()
    if not written:
        return None
    try:
        found = Decimal(written)
    except InvalidOperation:
        return Decimal(-1)
    return found if found.is_finite() else Decimal(-1)


def history(session: Session, department_id: str) -> list[SiteDepartment]:
    """What administrators changed of a department, the latest day first."""
    query = select(SiteDepartment).where(col(SiteDepartment.department_id) == department_id)
    newest = query.order_by(col(SiteDepartment.from_day).desc(), col(SiteDepartment.id).desc())
    return list(session.exec(newest.limit(100)))


def burden_of(session: Session, department_id: str) -> Burden:
    """What a department still holds."""
    clues = select(func.count()).where(
        col(Clue.department_id) == department_id, col(Clue.ended_at).is_(None)
    )
    processes = select(func.count()).where(
        or_(
            col(Process.department_id) == department_id,
            col(Process.counterpart_id) == department_id,
        ),
        col(Process.ended_at).is_(None),
    )
    begun = select(func.count()).where(
        col(Undertaking.department_id) == department_id, col(Undertaking.ended_at).is_(None)
    )
    users = select(func.count()).where(col(User.department_id) == department_id, col(User.active))
    beside = session.exec(processes).one() + session.exec(begun).one()
    return Burden(session.exec(clues).one(), beside, session.exec(users).one())


def _complaints(
    rules: Rulebook, known: Mapping[str, Department], entry: Entry
) -> Iterator[tuple[str, str]]:
    given = entry.department
    if not given.name:
        yield "name", "请填写名称"
    if not given.short:
        yield "short", "请填写机关代字，用于编排文号"
    yield from _ill_written(given)
    others = [one for key, one in known.items() if key != entry.id and not one.closed]
    if not given.closed and given.name in {one.name for one in others}:
        yield "name", "另一个部门正在使用这个名称"
    yield from _remedies(given)
    yield from _superior(known, entry)
    yield from _place(rules, entry)


def _twin(
    session: Session, rules: Rulebook, known: Mapping[str, Department], entry: Entry
) -> dict[str, str]:
    """Another organ whose numbers would be the same; asked where the 机关代字 is given anew."""
    given, before = entry.department, known.get(entry.id)
    as_before = before and before.short == given.short and not before.closed
    if given.closed or not given.short or as_before:
        return {}
    twin = twin_of(session, rules, entry.id, given, entry.from_day)
    return {"short": twin} if twin else {}


def _ill_written(given: Department) -> Iterator[tuple[str, str]]:
    for field, label in LABELS.items():
        longest = LONGEST_SHORT if field == "short" else LONGEST
        if len(getattr(given, field)) > longest:
            yield field, f"{label}不超过{longest}个字"
    if given.short and not _LETTERS.fullmatch(given.short):
        yield "short", "机关代字只用汉字、字母和数字，年份的括号和“号”由系统加上"
    if given.email and not is_mail_address(given.email):
        yield "email", WANTED


def _remedies(given: Department) -> Iterator[tuple[str, str]]:
    """A court is a court by its full name; a hearing floor is a pair of sums with its rule."""
    if given.court and not given.court.endswith("法院"):
        yield "court", "请填写法院的全称，如 ××市××区人民法院"
    floors = (given.hearing_floor_person, given.hearing_floor_unit)
    told = [one for one in floors if one is not None]
    if len(told) == 1:
        missing = "hearing_floor_person" if floors[0] is None else "hearing_floor_unit"
        yield missing, "自然人和单位的数额须一并填写"
    if any(one <= 0 for one in told):
        yield "hearing_floor_person", "数额应当大于0元"
    if told and not given.hearing_floor_source:
        yield "hearing_floor_source", "请写明数额所依据的法律、法规、规章或者文件"


def _superior(known: Mapping[str, Department], entry: Entry) -> Iterator[tuple[str, str]]:
    above = entry.department.superior
    seen = {entry.id}
    if above is not None and above not in known:
        yield "superior", "没有这个上级机关"
    while above is not None and above in known:
        if above in seen:
            yield "superior", "上级机关不能是它自己或者它的下级"
            return
        seen.add(above)
        above = known[above].superior


def _place(rules: Rulebook, entry: Entry) -> Iterator[tuple[str, str]]:
    given = entry.department
    if given.area not in {one.area for one in rules.departments.values()}:
        yield "area", "请选择地区"
    if given.function not in {one.function for one in rules.departments.values()}:
        yield "function", "请选择职能"
    if entry.id != f"{given.area}-{given.function}" and entry.id not in rules.departments:
        yield "id", f"编号应为地区和职能，即 {given.area}-{given.function}"


def _happening(
    keeper: Keeper, entry: Entry, before: Department | None, mark: Mapping[str, object]
) -> Happening:
    action = "change_department" if before else "add_department"
    detail = {
        "department": entry.id,
        "from_day": entry.from_day.isoformat(),
        "before": before.model_dump(mode="json") if before else {},
        "after": entry.department.model_dump(mode="json"),
        **mark,
    }
    return act_event(Thing("department"), Act(action, keeper.actor, keeper.now, detail))
