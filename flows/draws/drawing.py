"""A draw acted on: a person's step, and what the program works out of it, in one transaction.

Freezing seals the frame of the moment; the last witness's number reveals the draw; a replacement
finds who comes next. What cannot be worked out refuses the person's step as well.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from domain.draws.draw_record import Opened, outcome_of
from domain.draws.frame import Frame
from domain.draws.hashing import canonical, commitment_of
from domain.lifecycle.plan import Reason, Refused
from domain.limits.limit import day_of
from domain.situation.situation import Actor
from domain.tables.draw import DrawFrame
from domain.tables.process import Process
from domain.tables.undertaking import Undertaking
from flows.door.steps import Command, Outcome, perform_in
from flows.draws.drawn_rows import changed_rows, drawn_rows
from flows.draws.frame_building import FrameView
from flows.draws.prepared_frame import prepared_frame
from flows.people.actors import system_actor
from flows.site.office import Office

KIND = "draw"
Form = Mapping[str, object]


def act_in(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Outcome:
    """`perform_in`, and of a draw what follows from the step; all or nothing."""
    done = perform_in(session, office, command, actor, now)
    lifecycle = office.rules.lifecycles[command.process]
    if lifecycle.root != KIND:
        return done
    row = session.get_one(Undertaking, done.clue_id)
    label = lifecycle.actions[command.action].label
    for is_due, work in STEPS:
        if is_due(row):
            work(session, office, row, label, now)
    return replace(done, state=row.state) if lifecycle.is_root else done


def opened_of(session: Session, office: Office, row: Undertaking) -> tuple[Frame, Opened]:
    """The sealed frame of a draw, its secret, and the numbers given so far in their order."""
    sealed = session.get_one(DrawFrame, row.id)
    query = select(Process).where(
        col(Process.clue_id) == row.id,
        col(Process.kind) == "draw_witness",
        col(Process.state) == "given",
    )
    given = session.exec(query.order_by(col(Process.id)))
    numbers = tuple(str(one.facts["number"]) for one in given)
    frame = Frame.read(json.loads(sealed.content))
    return frame, Opened(office.keys.opened(sealed.secret), numbers)


# --- what follows from a step ---------------------------------------------------------------------


def _look(session: Session, office: Office, row: Undertaking, label: str, now: datetime) -> None:
    """A draw from which nobody could be drawn is not even prepared."""
    _view(session, office, row, label, now)


def _seal(session: Session, office: Office, row: Undertaking, label: str, now: datetime) -> None:
    view = _view(session, office, row, label, now)
    found = [
        f"{office.rules.departments[one].name}能派往{len(things)}个对象的执法人员不足两名"
        f"（{'、'.join(things[:10])}），请先补充执法检查人员名录或者更正回避登记"
        for one, things in view.short.items()
    ]
    found += view.frame.faults()
    if found:
        raise _refusal(office, label, found)
    rules = {**view.frame.rules, "见证单位": "、".join(_names(office, row.facts["witnesses"]))}
    rules["见证数来源"] = str(row.facts.get("public_number") or "")
    frame, secret = replace(view.frame, rules=rules), secrets.token_hex(32)
    sealed = DrawFrame(
        draw_id=row.id or 0,
        sha=frame.sha,
        commitment=commitment_of(secret),
        content=canonical(frame.content),
        secret=office.keys.sealed(secret),
        sealed_at=now,
    )
    session.add(sealed)
    voided = _voided(session, row)
    form = {
        "frame_sha": sealed.sha,
        "commitment": sealed.commitment,
        "objects": len({thing for thing, _, _ in frame.places}),
        "places": len(frame.places),
        "quota": sum(sum(one.values()) for one in frame.quotas.values()),
        "officers": len(frame.officers),
        "times": len(voided) + 1,
        "earlier": "；".join(f"{one.no}：{one.facts.get('reason')}" for one in voided),
    }
    _by_system(session, office, row, ("seal", form), now)


def _reveal(session: Session, office: Office, row: Undertaking, label: str, now: datetime) -> None:
    frame, opened = opened_of(session, office, row)
    seed, _ = outcome_of(frame, opened)
    query = select(Process).where(
        col(Process.clue_id) == row.id, col(Process.kind) == "draw_witness"
    )
    numbers = [
        {
            "单位": office.rules.departments[one.department_id].name,
            "见证人": one.facts["witness"],
            "见证数": one.facts["number"],
            "来源": one.facts["source"],
        }
        for one in session.exec(query.order_by(col(Process.id)))
    ]
    form = {
        "seed": seed,
        "secret": opened.secret,
        "numbers": numbers,
        "drawn": drawn_rows(session, office, frame, opened, ()),
    }
    _by_system(session, office, row, ("reveal", form), now)


def _change(session: Session, office: Office, row: Undertaking, label: str, now: datetime) -> None:
    frame, opened = opened_of(session, office, row)
    found = changed_rows(session, office, row, (frame, opened))
    if found.stands_against:
        raise _refusal(office, label, [found.stands_against])
    form = {"changed": found.rows, "told": found.told}
    _by_system(session, office, row, ("record_change", form), now)


Work = Callable[[Session, Office, Undertaking, str, datetime], None]
STEPS: tuple[tuple[Callable[[Undertaking], bool], Work], ...] = (
    (lambda row: row.state == "prepared", _look),
    (lambda row: row.state == "frozen" and "frame_sha" not in row.facts, _seal),
    (lambda row: row.state == "frozen" and bool(row.facts.get("numbers_complete")), _reveal),
    (lambda row: bool(row.facts.get("pending")), _change),
)
"""When something is to be worked out, and what does it."""


def _view(
    session: Session, office: Office, row: Undertaking, label: str, now: datetime
) -> FrameView:
    """The frame of today by what the draw says; Refused where it cannot be drawn from."""
    found = prepared_frame(session, office, row.area, row.facts, day_of(now))
    if found.view is None or found.against:
        raise _refusal(office, label, list(found.against))
    return found.view


def _voided(session: Session, row: Undertaking) -> list[Undertaking]:
    """The voided draws of the area over any of the same matters, oldest first."""
    query = select(Undertaking).where(
        col(Undertaking.kind) == KIND,
        col(Undertaking.state) == "voided",
        col(Undertaking.area) == row.area,
    )
    own = set(row.facts["matters"])
    found = session.exec(query.order_by(col(Undertaking.id)))
    return [one for one in found if own & set(one.facts.get("matters") or ())]


def _by_system(
    session: Session, office: Office, row: Undertaking, done: tuple[str, Form], now: datetime
) -> None:
    action, form = done
    command = Command(action, KIND, row.id, form=form)
    perform_in(session, office, command, system_actor(row.department_id), now)


def _names(office: Office, departments: object) -> list[str]:
    named = departments if isinstance(departments, list) else []
    return [office.rules.departments[one].name for one in named]


def _refusal(office: Office, label: str, texts: list[str]) -> Refused:
    cited = office.rules.cite("local-draw")
    return Refused(label, tuple(Reason(one, "local-draw", cited) for one in texts))
