"""Departments changed by an administrator: from a day on, in choices, routing, numbers and mail."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from domain.lifecycle.plan import Refused
from domain.limits.limit import day_of
from domain.shapes.entries import Department
from domain.situation.organ import hearing_floor_of
from domain.situation.situation import Actor
from domain.tables.record import IssuedDocument
from domain.tables.site import SiteDepartment
from flows.people.chair_holders import ChairHolders
from flows.people.user_keeping import Keeper, NotKept
from flows.site.office import Office
from flows.site.site_rules import in_force
from flows.site.store import reading, transaction
from flows.upkeep.department_keeping import Entry, burden_of, history, keep_department
from flows.upkeep.department_tree import Area, area_name, tree_of
from flows.upkeep.number_marks import marks_of
from tests.helpers.moments import at
from tests.helpers.office import snapshot
from tests.helpers.people import actor
from tests.helpers.story import REVIEWED, Story
from web.forms.choices import departments

MARKET = "shili-market"


@pytest.fixture
def story(any_office: Office) -> Story:
    return Story(any_office)


def today(story: Story) -> date:
    return day_of(story.now)


def department(story: Story, key: str = MARKET) -> Department:
    return in_force(story.office, story.now).rules.departments[key]


def keep(story: Story, key: str = MARKET, from_day: date | None = None, **changed: object) -> None:
    wanted = department(story, key).model_copy(update=changed)
    keeper = Keeper(story.office, actor("administrator"), story.now)
    keep_department(keeper, Entry(key, from_day or today(story), wanted))


def anew(story: Story) -> Story:
    """The story goes on in the office as it is in force by now."""
    return Story(in_force(story.office, story.now), now=story.now, clue=story.clue)


def numbers(story: Story) -> list[str]:
    with reading(story.office.engine) as session:
        rows = session.exec(select(IssuedDocument).order_by(IssuedDocument.id))  # type: ignore[arg-type]
        return [one.number for one in rows if one.number]


def complaints(story: Story, key: str = MARKET, **changed: object) -> dict[str, str]:
    with pytest.raises(NotKept) as refused:
        keep(story, key, **changed)
    return refused.value.complaints


def test_a_new_name_and_short_name_stand_in_the_next_document(story: Story) -> None:
    story.walk("register")
    keep(story, "shili-hotline", name="示例市热线中心", short="示新热")

    later = anew(story)
    later.walk("dispatch")

    assert department(story, "shili-hotline").name == "示例市热线中心"
    assert any(one.startswith("示新热") for one in numbers(story))


def test_letters_that_numbered_papers_of_a_year_are_no_other_organs(story: Story) -> None:
    """The hotline numbers, takes new letters and later closes: its old ones are free next year."""
    old = department(story, "shili-hotline").short
    story.walk("register", "dispatch")
    keep(story, "shili-hotline", short="示新热")
    new_year = date(today(story).year + 1, 1, 1)

    assert "今年用过这个机关代字" in complaints(story, short=old)["short"]
    assert "正在使用这个机关代字" in complaints(story, short="示新热")["short"]
    assert (
        "会编出同样的文号，如「示新热阶段答复〔2026〕1号」"
        in (complaints(story, short="示新热阶段")["short"])
    )
    keep(story, from_day=new_year, short=old)
    with reading(story.office.engine) as session:
        marks = marks_of(story.office.rules, session, MARKET)
    assert [(one.short, one.until) for one in marks] == [("示市监", new_year), (old, None)]


def test_a_change_waits_for_its_day(story: Story) -> None:
    tomorrow = today(story) + timedelta(days=1)
    keep(story, from_day=tomorrow, name="示例市市场监管委员会")

    assert department(story).name == "示例市市场监督管理局"
    day_after = story.now + timedelta(days=1)
    assert (
        in_force(story.office, day_after).rules.departments[MARKET].name == "示例市市场监管委员会"
    )


def test_a_closed_department_is_neither_offered_nor_suggested_nor_accepted(story: Story) -> None:
    keep(story, closed=True)
    later = anew(story)
    rules = later.office.rules

    offered = {one.value for one in departments(rules, "shili-hotline", closed_too=False)}
    shown = {one.value: one.label for one in departments(rules, "shili-hotline")}

    assert MARKET not in offered
    assert shown[MARKET].endswith("（已停用）")
    assert MARKET not in rules.routing.departments
    later.walk("register")
    with pytest.raises(Refused) as refused:
        later.does("dispatch", lead=MARKET)
    assert "已停用" in str(refused.value)


def test_what_a_closed_department_holds_goes_on(story: Story) -> None:
    story.walk("register", "dispatch", "accept")
    keep(story, closed=True)

    later = anew(story)
    later.walk("verify", "conclude")

    assert later.state() == "concluded"
    with reading(story.office.engine) as session:
        held = burden_of(session, MARKET)
    assert held.clues == 1
    assert held.users == 6


def test_a_new_department_fulfils_its_function_in_its_area(story: Story) -> None:
    rules = in_force(story.office, story.now).rules
    assert rules.routing.competence.find("ocean", "shixian") != "shixian-ocean"
    made = department(story, "shixian-market").model_copy(
        update={"name": "示例县海洋发展局", "short": "示县海", "function": "ocean", "aliases": ()}
    )
    keeper = Keeper(story.office, actor("administrator"), story.now)

    keep_department(keeper, Entry("shixian-ocean", today(story), made), new=True)

    rules = in_force(story.office, story.now).rules
    assert rules.routing.competence.find("ocean", "shixian") == "shixian-ocean"


def test_reminders_go_to_the_supervisors_that_serve(story: Story) -> None:
    chairs = ChairHolders(in_force(story.office, story.now).rules.departments)
    with reading(story.office.engine) as session:
        before = chairs.find(session, "supervisor", MARKET, MARKET)
    keep(story, "shili-justice", closed=True)

    later = ChairHolders(in_force(story.office, story.now).rules.departments)
    with reading(story.office.engine) as session:
        after = later.find(session, "supervisor", MARKET, MARKET)

    assert before is not None
    assert (before.department, after) == ("shili-justice", None)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"short": ""}, "short"),
        ({"name": "示例市卫生健康委员会"}, "name"),
        ({"short": "示公"}, "short"),
        ({"short": "长" * 21}, "short"),
        ({"email": "nowhere"}, "email"),
        ({"superior": MARKET}, "superior"),
        ({"superior": "shixian-market"}, "superior"),
        ({"superior": "nowhere"}, "superior"),
        ({"phone": "1" * 101}, "phone"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    story: Story, changed: dict[str, object], field: str
) -> None:
    if changed.get("short") == "示公":
        changed = {"short": department(story, "shili-police").short}
    before = snapshot(story.office)

    assert field in complaints(story, **changed)
    assert snapshot(story.office) == before


def test_the_past_is_not_changed_and_the_desk_stays(story: Story) -> None:
    yesterday = today(story) - timedelta(days=1)

    assert "from_day" in complaints(story, from_day=yesterday, name="旧名")
    assert "closed" in complaints(story, "shili-hotline", closed=True)


def test_each_change_is_on_record_and_the_same_again_is_none(story: Story) -> None:
    keep(story, phone="0000-7654321")
    keep(story, phone="0000-7654321")

    with reading(story.office.engine) as session:
        assert len(history(session, MARKET)) == 1
    assert story.chain_holds()


def test_the_latest_word_for_a_day_holds(story: Story) -> None:
    keep(story, phone="1")
    keep(story, phone="2")

    assert department(story).phone == "2"


def test_areas_are_a_tree(office: Office) -> None:
    known = office.rules.departments
    tree = tree_of(known)
    found = list(_paths(tree))

    assert ("山东省", "示例市", "示例县") in [path for path, _ in found]
    assert sorted(one.id for _, one in found) == sorted({one.area for one in known.values()})
    assert area_name("nowhere", known) == "nowhere"


def _paths(areas: Iterable[Area], *above: str) -> Iterator[tuple[tuple[str, ...], Area]]:
    """Every area once, with the names that lead to it."""
    for one in areas:
        path = (*above, one.name)
        yield path, one
        yield from _paths(one.below, *path)


def test_a_changed_department_is_seen_by_people_at_once(story: Story) -> None:
    who: Actor = actor("handler")
    keep(story, name="示例市市场监管局")

    assert in_force(story.office, at("2026-06-01T09:00")).rules.departments[
        who.department
    ].name == ("示例市市场监管局")


def test_the_court_entered_for_a_department_stands_in_its_decisions(story: Story) -> None:
    """处罚法第五十九条第一款第（五）项: a central court, for one."""
    keep(story, court="示例市铁路运输法院", review_organ="示例市行政复议局")
    later = anew(story)
    later.walk(*REVIEWED, "case.notice", "case.record_statement", "case.decide")

    text = later.text("penalty_decision")
    assert "六个月内依法向示例市铁路运输法院提起行政诉讼" in text
    assert "六十日内向示例市行政复议局申请行政复议" in text


def test_no_decision_names_a_court_that_nobody_entered(story: Story) -> None:
    rules = story.office.rules
    nowhere = rules.organs.model_copy(update={"areas": {}})
    later = Story(replace(story.office, rules=replace(rules, organs=nowhere)), now=story.now)
    later.walk(*REVIEWED, "case.notice", "case.record_statement")

    reasons = later.refused("case.decide")

    assert "《行政处罚决定书》缺少「管辖法院」" in reasons
    assert "请由管理员在「部门信息」中填写" in reasons


def test_floors_entered_for_a_department_take_the_place_of_telling_everybody(story: Story) -> None:
    """处罚法第六十三条第一款第（一）项: the figure, with the rule it comes from."""
    rule = "示例省行政处罚听证程序规定第六条"
    floors = {"hearing_floor_person": Decimal(2000), "hearing_floor_unit": Decimal(20000)}
    with pytest.raises(NotKept) as found:
        keep(story, "shandong-health", **floors)
    assert "请写明数额所依据的" in found.value.complaints["hearing_floor_source"]

    keep(story, "shandong-health", hearing_floor_source=rule, **floors)

    known = hearing_floor_of(anew(story).office.rules, "shandong-health", today(story))
    assert (known.person, known.unit, known.source) == (Decimal(2000), Decimal(20000), rule)


def test_a_court_is_entered_by_its_full_name(story: Story) -> None:
    with pytest.raises(NotKept) as found:
        keep(story, court="示例区法庭")

    assert found.value.complaints["court"].startswith("请填写法院的全称")


def test_a_department_changed_under_an_older_version_keeps_what_its_row_does_not_know(
    story: Story,
) -> None:
    """Its row has no court: the one of the configuration holds on."""
    key = "shili-tobacco"
    keep(story, key, phone="0000-1111111")
    with transaction(story.office.engine) as session:
        [row] = session.exec(select(SiteDepartment))
        row.content = {k: v for k, v in row.content.items() if k not in {"court", "review_organ"}}
        session.add(row)
    in_force(story.office, story.now + timedelta(days=1))

    found = department(Story(story.office, now=story.now + timedelta(days=1)), key)
    assert (found.phone, found.review_organ) == ("0000-1111111", "山东省烟草专卖局")
