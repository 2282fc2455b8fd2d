"""The rows of a draw's record: who is inspected, for what, by whom, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from domain.draws.draw_record import Opened, outcome_of
from domain.draws.frame import Frame
from domain.draws.replacing import Replacement, standing_after
from domain.tables.roster import RosterOfficer, Subject
from domain.tables.undertaking import Undertaking
from domain.undertakings.draw import REPLACED
from flows.site.office import Office

TICKET_SIGNS = 16
"""So many of a ticket's signs are printed; the record's file has all."""
Row = dict[str, str]


@dataclass(frozen=True)
class Changed:
    """What a replacement comes to: the rows that changed, in words, or why there is none."""

    rows: list[Row]
    told: str
    stands_against: str = ""


def drawn_rows(
    session: Session, office: Office, frame: Frame, opened: Opened, made: Iterable[Replacement]
) -> list[Row]:
    """The sample after the replacements, in the order of tickets."""
    seed, outcome = outcome_of(frame, opened)
    standing = standing_after(frame, seed, outcome, made)
    names = _names(session, standing.items)
    officers = _officers(session, frame)
    rules = office.rules
    return [
        {
            "对象": thing,
            "名称": names.get(thing, thing),
            "事项": "、".join(rules.matters[item.partition("|")[2]].name for item in items),
            "签号": outcome.tickets[thing][:TICKET_SIGNS],
            "人员": "；".join(
                f"{rules.departments[key].short}："
                + "、".join(f"{officers.get(one, one)}（{one}）" for one in team)
                for key, team in standing.sent[thing].items()
            ),
            "情况": "",
        }
        for thing, items in standing.items.items()
    ]


def changed_rows(
    session: Session, office: Office, row: Undertaking, drawn: tuple[Frame, Opened]
) -> Changed:
    """What the replacement that is pending on a draw comes to."""
    frame, opened = drawn
    made = replacements_of(row.facts)
    pending = row.facts["pending"]
    now = Replacement(pending["object"], pending["certificate"])
    before = {one["对象"]: one for one in row.facts["drawn"]}
    after = drawn_rows(session, office, frame, opened, [*made, now])
    new = [one for one in after if _differs(one, before.get(one["对象"]))]
    if now.certificate:
        return _officer_changed(before[now.thing], now, new)
    gone = before[now.thing]
    ground = _ground(office, "replace_object", pending["ground"])
    rows = [{**gone, "情况": f"{REPLACED}（{ground}）"}]
    rows += [{**one, "情况": f"替补{gone['名称']}"} for one in new]
    by = "、".join(one["名称"] for one in new)
    told = f"{gone['名称']}{ground}，" + (f"由{by}替补" if by else "同类中没有可以替补的对象")
    return Changed(rows, told)


def replacements_of(facts: Mapping[str, object]) -> list[Replacement]:
    """The replacements that were made, in their order."""
    made = facts.get("changes")
    return [
        Replacement(one["object"], one["certificate"])
        for one in (made if isinstance(made, list) else [])
    ]


def _officer_changed(before: Row, now: Replacement, new: Sequence[Row]) -> Changed:
    [after] = [one for one in new if one["对象"] == now.thing]
    if after["人员"].count("（") < before["人员"].count("（"):
        text = (
            f"没有其他可以派往{before['名称']}的执法人员，"
            "请先补充执法检查人员名录；名单封存以后登记的人员不参加本次抽取"
        )
        return Changed([], "", text)
    kept = {**after, "情况": before["情况"]}
    return Changed([kept], f"派往{before['名称']}的人员改为{after['人员']}")


def _differs(now: Row, before: Row | None) -> bool:
    return before is None or {**now, "情况": ""} != {**before, "情况": ""}


def _ground(office: Office, action: str, key: str) -> str:
    field = office.rules.lifecycles["draw"].actions[action].form["ground"]
    return field.options[key]


def _names(session: Session, things: Iterable[str]) -> dict[str, str]:
    query = select(Subject.key, Subject.name).where(col(Subject.key).in_(list(things)))
    return dict(session.exec(query).all())


def _officers(session: Session, frame: Frame) -> dict[str, str]:
    query = select(RosterOfficer.certificate_no, RosterOfficer.name).where(
        col(RosterOfficer.certificate_no).in_(list(frame.officers))
    )
    return dict(session.exec(query).all())
