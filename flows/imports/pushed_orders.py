"""Work orders pushed by another system: each becomes a clue, was one, or is told why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlmodel import Session, col, select

from domain.files.column_mapping import CLUE_FIELDS, ClueField, ColumnMapping
from domain.files.row_reading import Complaint
from domain.files.rows import Cell, RawRow
from domain.files.work_order import IncomingClue, RowRejection, parse_row
from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from flows.afterwards.intake_reports import Arrival, order_report
from flows.door.steps import Outcome
from flows.imports.clerk import Clerk
from flows.imports.incoming_file import areas_here, mappings
from flows.imports.order_import import Again, Fate, register_rows
from flows.imports.reading_ahead import ReadRow
from flows.site.office import Office

MOST_ORDERS = 200
FLAGS: Mapping[str, str] = {"true": "true", "false": "false", "是": "true", "否": "false"}
URGENCY: Mapping[str, str] = {one: one for one in ("normal", "urgent", "critical")}
UNFIT = "应为文字、数字或者是否（true、false）"


@dataclass(frozen=True)
class Twin:
    """A clue that may be the same matter, or is `related`: the same object, another problem."""

    no: str
    score: float
    reason: str
    kind: str


@dataclass(frozen=True)
class Pushed:
    """What became of one work order; `fate`: registered, already_there or rejected."""

    row: int
    outside_no: str
    fate: str
    no: str = ""
    complaints: tuple[Complaint, ...] = ()
    twins: tuple[Twin, ...] = ()
    suggestion: Mapping[str, object] | None = None
    warnings: tuple[str, ...] = ()


def push_orders(
    session: Session, clerk: Clerk, channel: str, orders: Sequence[object]
) -> list[Pushed]:
    """Registers pushed work orders and says what became of each, in their order.

    In a transaction of the caller's, so that his answer is kept with it. `channel` is the id of a
    source of clues; an order is an object of `CLUE_FIELDS`. A bad one is rejected with every
    complaint and stops none.
    """
    mapping = mapping_for(clerk.office, channel)
    rows = [_raw(number, one) for number, one in enumerate(orders, start=1)]
    parsed = [_parsed(row, one, mapping, clerk.now) for row, one in zip(rows, orders, strict=True)]
    both = [ReadRow(row, one) for row, one in zip(rows, parsed, strict=True)]
    fates = register_rows(session, clerk, both)
    session.flush()
    _order_report(session, clerk, channel, fates)
    return [_told(session, *one) for one in zip(rows, parsed, fates, strict=True)]


def _order_report(session: Session, clerk: Clerk, channel: str, fates: Sequence[Fate]) -> None:
    new = [one for one in fates if isinstance(one, Outcome)]
    if not new:
        return
    arrival = Arrival(
        door="api",
        channel=channel,
        registered=len(new),
        already_there=sum(isinstance(one, Again) for one in fates),
        rejected=sum(isinstance(one, RowRejection) for one in fates),
        suspected=sum(bool(one.suspected) for one in new),
    )
    order_report(session, arrival, new[0].clue_no, clerk.now)


@lru_cache(maxsize=32)
def _mapping(channel: str, label: str, area: str, roots: tuple[Path, ...]) -> ColumnMapping:
    """How an order becomes a clue: fields by their own names, judged as the channel's files."""
    known = mappings(roots).values()
    like = next((one for one in known if one.channel == channel), next(iter(known)))
    values: dict[ClueField, dict[str, str]] = {
        "urgency": {**like.values.get("urgency", {}), **URGENCY},
        "wants_reply": {**like.values.get("wants_reply", {}), **FLAGS},
        "confidential": {**like.values.get("confidential", {}), **FLAGS},
        "area": _areas(like),
    }
    return ColumnMapping(
        label=label,
        channel=channel,
        channel_label=label,
        columns={name: (name,) for name in CLUE_FIELDS},
        date_formats=like.date_formats,
        values=values,
        constants={"area": area},
        required=("outside_no", "received_at", "content"),
        not_before=like.not_before,
        future_minutes=like.future_minutes,
        longest=like.longest,
        time_zone=like.time_zone,
    )


def mapping_for(office: Office, channel: str) -> ColumnMapping:
    """How orders of a channel are read in this office."""
    channels = office.rules.lifecycles["clue"].actions["register"].form["channel"].options
    settings = office.settings
    found = _mapping(channel, channels[channel], settings.area, settings.layers)
    names = areas_here(office, found.values["area"])
    return found.model_copy(update={"values": {**found.values, "area": names}})


def _areas(like: ColumnMapping) -> dict[str, str]:
    names = like.values.get("area", {})
    return {**names, **{one: one for one in names.values()}}


def _raw(number: int, order: object) -> RawRow:
    if not isinstance(order, Mapping):
        return RawRow(number, {}, problem="工单应为一个对象（各项名称和内容）")
    cells = {str(name): _cell(value) for name, value in order.items()}
    return RawRow(number, cells)


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str | int | float) else None


def _parsed(
    row: RawRow, order: object, mapping: ColumnMapping, now: datetime
) -> IncomingClue | RowRejection:
    """The clue of an order, or all that is wrong with it, names and kinds of values included."""
    unfit = _unfit(order) if isinstance(order, Mapping) else ()
    found = parse_row(row, mapping, now)
    if not unfit:
        return found
    own = found.complaints if isinstance(found, RowRejection) else ()
    told = {one.field for one in unfit}
    rest = tuple(one for one in own if one.field not in told)
    return RowRejection(row.row, found.outside_no, (*unfit, *rest), row.cells)


def _unfit(order: Mapping[object, object]) -> tuple[Complaint, ...]:
    found: list[Complaint] = []
    for name, value in order.items():
        field = str(name)
        if field not in CLUE_FIELDS:
            right = f"可用的项：{'、'.join(CLUE_FIELDS)}"
            found.append(Complaint(field[:40], field[:40], "", "不是工单的项", right))
        elif value is not None and not isinstance(value, str | int | float):
            found.append(Complaint(field, field, "", "内容的形式不对", UNFIT))
    return tuple(found)


def _told(session: Session, row: RawRow, parsed: IncomingClue | RowRejection, fate: Fate) -> Pushed:
    outside_no = parsed.outside_no
    if isinstance(fate, RowRejection):
        return Pushed(row.row, outside_no, "rejected", complaints=fate.complaints)
    warnings = parsed.warnings if isinstance(parsed, IncomingClue) else ()
    clue = _clue(session, parsed, fate)
    return Pushed(
        row=row.row,
        outside_no=outside_no,
        fate="already_there" if isinstance(fate, Again) else "registered",
        no=clue.no,
        twins=_twins(session, clue),
        suggestion=clue.facts.get("suggestion"),
        warnings=fate.remarks if isinstance(fate, Again) else warnings,
    )


def _clue(session: Session, parsed: IncomingClue | RowRejection, fate: Outcome | Again) -> Clue:
    if isinstance(fate, Outcome):
        return session.get_one(Clue, fate.clue_id)
    channel = parsed.channel if isinstance(parsed, IncomingClue) else ""
    query = select(Clue).where(
        col(Clue.channel) == channel, col(Clue.outside_no) == parsed.outside_no
    )
    return session.exec(query).one()


def _twins(session: Session, clue: Clue) -> tuple[Twin, ...]:
    query = (
        select(Suspicion, Clue.no)
        .join(Clue, col(Clue.id) == col(Suspicion.other_id))
        .where(col(Suspicion.clue_id) == clue.id, col(Suspicion.decision).is_(None))
        .order_by(col(Suspicion.score).desc(), col(Suspicion.id))
    )
    return tuple(Twin(no, one.score, one.reason, one.kind) for one, no in session.exec(query))
