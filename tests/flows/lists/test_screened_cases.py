"""Cases near or over a threshold, and what their screening rests on, on both databases."""

from decimal import Decimal

from flows.lists.screened_cases import cases_near_threshold, screened_cases
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.people import actor
from tests.helpers.story import IN_CASE, Story


def recorded(office: Office, **facts: object) -> Story:
    """A case whose facts were recorded."""
    story = Story(office)
    story.walk(*IN_CASE)
    story.does("case.record_facts", **facts)
    return story


def test_gravest_first_and_what_is_far_not_at_all(any_office: Office) -> None:
    recorded(any_office, quantities={"sales_amount": "900"}, screened=["fake_goods"])
    asks = recorded(any_office, answers=None)
    near = recorded(any_office, quantities={"sales_amount": "42000"}, screened=["fake_goods"])
    over = recorded(any_office, quantities={"sales_amount": "50000"}, screened=["fake_goods"])

    with reading(any_office.engine) as session:
        found = cases_near_threshold(session, Viewer(any_office, actor("legal"), over.now))

    assert [one.clue.id for one in found.lines] == [over.clue, near.clue, asks.clue]
    assert [one.is_met for one in found.lines] == [True, False, False]
    assert [one.outcomes[0][0] for one in found.lines] == ["met", "near", "ask"]
    assert not found.more


def test_a_case_that_ended_is_no_longer_on_the_list(any_office: Office) -> None:
    story = recorded(any_office, quantities={"sales_amount": "62000"}, screened=["fake_goods"])
    story.walk("refer", "referral.approve", "referral.deliver", "referral.receipt")
    viewer = Viewer(any_office, actor("legal"), story.now)
    with reading(any_office.engine) as session:
        [line] = cases_near_threshold(session, viewer).lines
    story.walk("referral.file", "case.close")

    with reading(any_office.engine) as session:
        assert cases_near_threshold(session, viewer).lines == ()

    assert line.referral == "公安审查中"


def test_figures_stand_beside_their_floors_as_of_the_day_of_recording(office: Office) -> None:
    facts = {"sales_amount": "42000", "unsold_value": "30000"}
    story = recorded(office, quantities=facts, screened=["fake_goods"])

    with reading(office.engine) as session:
        viewer = Viewer(office, actor("legal"), story.now)
        [case] = screened_cases(session, viewer, story.row())

    offence = next(one for one in case.offences if one.id == "fake_goods")
    assert case.recorded_at == story.now
    assert [one.measures[0].amount for one in offence.ways] == [
        Decimal(42000),
        Decimal(30000),
        Decimal(156000),
    ]
    assert [one.share for one in offence.ways] == [84, 20, 104]
    assert offence.must_be_referred
    assert {one.label for one in case.blocked if one.reason} >= {"处罚告知", "作出处罚决定"}


def test_told_as_it_was_recorded(office: Office) -> None:
    """The page screens again and must not say otherwise than what is on record."""
    facts = {"sales_amount": "51000", "illegal_income": "1200"}
    story = recorded(
        office,
        quantities=facts,
        screened=["fake_goods", "toxic_food", "unsafe_food"],
        answers=[{"offence": "toxic_food", "answer": "否"}],
    )

    with reading(office.engine) as session:
        viewer = Viewer(office, actor("legal"), story.now)
        [case] = screened_cases(session, viewer, story.row())

    on_record = {one["offence"]: one["outcome"] for one in case.case.facts["screening"]}
    told = {one.id: one.finding.outcome for one in case.offences}
    assert {key: value for key, value in told.items() if value != "not_met"} == on_record


def test_a_decision_on_referral_lets_the_case_go_on(office: Office) -> None:
    story = recorded(office, quantities={"sales_amount": "62000"}, screened=["fake_goods"])
    story.walk("refer", "referral.decline")

    with reading(office.engine) as session:
        viewer = Viewer(office, actor("legal"), story.now)
        [case] = screened_cases(session, viewer, story.row())

    assert case.blocked
    assert all(not one.reason for one in case.blocked)
