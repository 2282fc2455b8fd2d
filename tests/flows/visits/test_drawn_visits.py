"""What a released draw makes of its sample, when its objects change."""

from dataclasses import replace
from pathlib import Path

from sqlmodel import Session, col, select

from domain.draws.draw_record import outcome_of
from domain.tables.roster import Subject, SubjectChange
from domain.tables.undertaking import Undertaking
from flows.draws.drawing import opened_of
from flows.site.office import Office
from tests.helpers.inspections.draws import FROZEN, DrawStory, fill_rosters
from tests.helpers.inspections.visits import VisitStory
from tests.helpers.rosters import code_of

CHAIRS = {
    "shili-market": {"handler": "handler", "principal": "principal"},
    "shili-health": {"handler": "health", "principal": "health_principal"},
}


def test_what_takes_the_place_is_inspected_for_all_it_is_drawn_for_now(
    office: Office, tmp_path: Path
) -> None:
    """One door: an object drawn for one matter already takes the place of one of another matter."""
    fill_rosters(office, tmp_path, firms=5, tagged=1)
    draw = DrawStory(office)
    draw.walk(*FROZEN)
    draw.does("draw_witness.give")
    draw.does("draw_witness.give", by="staffing", witness="韩编办", number=_number(draw, 1))
    draw.does("draw.release")
    both, drawn = code_of(0), draw.draw().facts["drawn"]
    [other] = [one["对象"] for one in drawn if one["对象"] != both]
    assert _made(draw) == {
        both: [("planned", ["public_place_hygiene"], ["示例市卫生健康委员会"])],
        other: [("planned", ["catering"], ["示例市市场监督管理局"])],
    }

    draw.does("draw.replace_object", object=other)

    with Session(office.engine) as session:
        [gone_now] = session.exec(select(Subject).where(Subject.key == other))
        change = session.exec(select(SubjectChange).order_by(col(SubjectChange.id).desc())).first()
    assert (gone_now.status, gone_now.ceased_on) == ("cancelled", draw.now.date())
    assert change is not None
    assert change.source == "抽取CQ2026000001更换对象：登记机关查询：已于5月9日注销"
    found = _made(draw)
    assert [one[0] for one in found[other]] == ["cancelled"]
    gone, now = found[both]
    assert gone[0] == "cancelled"
    assert (now[0], set(now[1]), set(now[2])) == (
        "planned",
        {"catering", "public_place_hygiene"},
        {"示例市市场监督管理局", "示例市卫生健康委员会"},
    )


def test_what_a_person_cancelled_or_did_not_approve_is_not_proposed_again(
    office: Office, tmp_path: Path
) -> None:
    """An officer is replaced after people ended all inspections of a draw: none begins anew."""
    fill_rosters(office, tmp_path)
    draw = DrawStory(office)
    draw.drawn()
    draw.does("draw.release")
    visits = VisitStory(office, now=draw.now)
    things = list(_made(draw))
    steps = (
        ("visit.cancel", "handler"),
        ("visit.refuse", "principal"),
        ("visit.cancel", "handler"),
    )
    for thing, (step, chair) in zip(things, steps, strict=False):
        visit = _visit_at(office, thing)
        visits.clue = visit.id
        visits.does(step, by=CHAIRS[visit.department_id][chair])
    ended = _made(draw)
    assert [[one[0] for one in found] for found in ended.values()] == [["cancelled"]] * len(things)

    draw.now = visits.now
    [sent] = [one["人员"] for one in draw.draw().facts["drawn"] if one["对象"] == things[0]]
    certificate = sent.partition("（")[2].partition("）")[0]
    draw.does("draw.replace_officer", object=things[0], certificate=certificate)

    assert _made(draw) == ended


def _visit_at(office: Office, thing: str) -> Undertaking:
    with Session(office.engine) as session:
        query = select(Undertaking).where(Undertaking.kind == "visit")
        [found] = [one for one in session.exec(query) if one.facts["object"] == thing]
    return found


def _number(draw: DrawStory, place: int) -> str:
    """A witness's number by which the firm with both tags has that place among all tickets."""
    with Session(draw.office.engine) as session:
        frame, opened = opened_of(session, draw.office, draw.draw())
    for number in map(str, range(1000, 2000)):
        told = replace(opened, numbers=(*opened.numbers, number))
        _, outcome = outcome_of(frame, told)
        if sorted(outcome.tickets, key=outcome.tickets.__getitem__)[place] == code_of(0):
            return number
    raise AssertionError("no number gives that place")


def _made(draw: DrawStory) -> dict[str, list[tuple[str, list[str], list[str]]]]:
    """The inspections of a draw by object: state, matters, whose officers go."""
    found: dict[str, list[tuple[str, list[str], list[str]]]] = {}
    with Session(draw.office.engine) as session:
        query = select(Undertaking).where(Undertaking.kind == "visit")
        for one in session.exec(query.order_by(col(Undertaking.id))):
            sent = list(dict.fromkeys(row["部门"] for row in one.facts["team"]))
            told = (one.state, list(one.facts["matters"]), sent)
            found.setdefault(one.facts["object"], []).append(told)
    return found
