"""Rounds of the checks that run by themselves: rows against the record, the shelf against rows.

A round goes in portions and remembers how far it came; one that was broken off goes on there.
What a round found stands on the health page and in the inbox of the auditors.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from domain.limits.limit import at_shanghai
from domain.tables.people import User
from domain.tables.site import SiteCheck
from domain.tables.work import InboxMessage
from flows.audit.earlier_words import withhold_earlier
from flows.audit.noted_heads import misfits, note_head
from flows.audit.replay import last_dossier, replay
from flows.audit.replay_kept import replay_kept
from flows.audit.replay_numbers import replay_numbers
from flows.audit.replay_rosters import replay_rosters
from flows.audit.replay_users import replay_users
from flows.audit.shelf_check import FOLDERS, check_folder, collect_folder, look
from flows.door.inbox import message_once
from flows.imports.uploads import forget_uploads
from flows.site.office import Office
from flows.site.site_checks import LABELS, LOOK
from flows.site.store import reading, transaction
from flows.site.stored_documents import carry_to_shelf

AT_ONCE = 100
EVERY = timedelta(hours=20)
MOST = 100
"""So many misfits of a round are told; the first are enough to act upon."""
REMEDY = "请停止写入，备份数据库和文书存放，与备份核对后恢复，并报告主管部门。"


def hourly(office: Office, now: datetime, goes_on: Callable[[], bool]) -> str:
    """What is done every hour: a look, the end of the record noted outside, rounds gone on with.

    In words; empty where there is no news. NotNoted where the end could not be noted everywhere.
    """
    forget_uploads(office)
    # Held against what is noted before it is noted anew.
    told = [hourly_look(office, now), withhold_earlier(office, now, goes_on)]
    told.append(_carried(office, goes_on))
    told += [advance(office, now, goes_on), note_head(office, now)]
    return "；".join(one for one in told if one)


def _carried(office: Office, goes_on: Callable[[], bool]) -> str:
    """Issued documents to the shelf; one that cannot be reached keeps nobody from the checks."""
    try:
        carried = carry_to_shelf(office.engine, office.shelf, goes_on)
    except OSError as problem:
        return f"文书存储写不进去（{problem}），新制发的文书仍在数据库中"
    return f"{carried}份文书存入文书存储" if carried else ""


def hourly_look(office: Office, now: datetime) -> str:
    """The newest papers are looked for, and the record is held against the ends noted outside."""
    with reading(office.engine) as session:
        found = list(look(session, office))
        found += [told for _, told in misfits(session, office.settings)]
    _end(office, LOOK, found, now)
    return f"发现{len(found)}处不符" if found else ""


def advance(office: Office, now: datetime, goes_on: Callable[[], bool]) -> str:
    """Goes on with each round that is due for as long as `goes_on`; what was done, in words."""
    done = [_advance(office, name, now, goes_on) for name in ("rows", "shelf")]
    return "，".join(one for one in done if one)


def check_rows(office: Office) -> Iterator[str]:
    """Everything that does not follow from the record, at once."""
    with reading(office.engine) as session:
        for place in range(_length(office, "rows")):
            yield from _portion(session, office, "rows", place)
            session.expunge_all()


def check_shelf(office: Office) -> Iterator[str]:
    """Everything that is wrong with the shelf, every file read."""
    for place in range(FOLDERS):
        with reading(office.engine) as session:
            yield from check_folder(session, office, place, None)


def _advance(office: Office, name: str, now: datetime, goes_on: Callable[[], bool]) -> str:
    with reading(office.engine) as session:
        row = session.get(SiteCheck, name) or SiteCheck(name=name)
    if (
        row.position == 0
        and row.ended_at is not None
        and timedelta(0) <= now - row.ended_at < EVERY
    ):
        return ""
    place, found, length = row.position, list(row.failures), _length(office, name)
    while place < length and goes_on():
        with reading(office.engine) as session:
            found += list(_portion(session, office, name, place))
            if name == "shelf" and not found:
                collect_folder(session, office, place, now)
        place += 1
        _note(office, name, place, found[:MOST])
    if place < length:
        return f"{LABELS[name]}核对到{place}/{length}"
    _end(office, name, found, now)
    return f"{LABELS[name]}核对完毕，{f'发现{len(found)}处不符' if found else '无误'}"


def _length(office: Office, name: str) -> int:
    """Into how many portions a round is divided now."""
    if name == "shelf":
        return FOLDERS
    with reading(office.engine) as session:
        # The last one is for what belongs to no dossier.
        return -(-last_dossier(session) // AT_ONCE) + 1


def _portion(session: Session, office: Office, name: str, place: int) -> Iterable[str]:
    if name == "shelf":
        return check_folder(session, office, place)
    if place == 0:
        return (
            *replay_users(session, office),
            *replay_kept(session, office),
            *replay_rosters(session, office),
            *replay_numbers(session, office),
        )
    first = (place - 1) * AT_ONCE + 1
    found = replay(session, office, first, first + AT_ONCE - 1)
    return (f"{number}：{told}" for number, told in found)


def _note(office: Office, name: str, place: int, found: list[str]) -> None:
    with transaction(office.engine) as session:
        row = session.get(SiteCheck, name) or SiteCheck(name=name)
        row.position, row.failures = place, found
        session.add(row)


def _end(office: Office, name: str, found: list[str], now: datetime) -> None:
    """A round is over: what it found stays until the next one's end, and auditors are told."""
    with transaction(office.engine) as session:
        row = session.get(SiteCheck, name) or SiteCheck(name=name)
        row.position, row.failures, row.ended_at, row.found = 0, [], now, found[:MOST]
        session.add(row)
        if found:
            message_once(session, list(_letters(session, name, found, now)))


def _letters(
    session: Session, name: str, found: list[str], now: datetime
) -> Iterator[InboxMessage]:
    people = session.exec(select(User.department_id, User.roles).where(col(User.active)))
    desks = {
        (department, role)
        for department, roles in people
        for role in ("auditor", "administrator")
        if role in roles
    }
    for department, role in sorted(desks):
        yield InboxMessage(
            key=f"misfit-{name}-{at_shanghai(now).date()}-{department}-{role}",
            department_id=department,
            role=role,
            kind="audit.misfit",
            title=f"{LABELS[name]}核对发现{len(found)}处不符",
            body="\n".join([*found[:5], *(["……"] if len(found) > 5 else []), REMEDY]),
            created_at=now,
        )
