"""Rates by department and month: what is counted, where it is counted, and what is left out."""

from dataclasses import replace

from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading
from flows.watch.monthly_figures import (
    MATTER,
    Cut,
    Figure,
    MonthlyMeasure,
    measure_by_month,
    months_until,
)
from flows.watch.rates import BY_ID, MEASURES
from tests.helpers.moments import at
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, APPROVED, IN_CASE, Story


def told(
    story: Story, measure: str, chair: str = "supervisor", months: int = 3, by: str = "department"
) -> MonthlyMeasure:
    viewer = Viewer(story.office, actor(chair), story.now)
    with reading(story.office.engine) as session:
        cut = Cut(months_until(story.now, months), by)
        return measure_by_month(session, viewer, BY_ID[measure], cut)


def test_months_run_from_midnight_to_midnight_in_china() -> None:
    found = months_until(at("2026-01-01T00:30"), 3)

    assert found.labels == ("2025-11", "2025-12", "2026-01")
    assert found.starts[-1] == at("2026-02-01T00:00")


def test_a_limit_counts_in_the_month_it_was_to_be_kept_in(any_office: Office) -> None:
    runs_on = any_office.region.model_copy(update={"reply_yields": None})
    story = Story(replace(any_office, region=runs_on))
    story.walk(*ACCEPTED, "verify", "conclude", "file_case")
    story.waits_until("2026-06-20T10:00")

    found = told(story, "kept")

    market = {month: found.cell("shili-market", place) for place, month in enumerate(found.months)}
    # Signed for in May; decided before its day, 1 June; the hotline's reply of May never came.
    assert market["2026-05"] == Figure(2, 3)
    assert market["2026-06"] == Figure(1, 1)


def test_a_limit_that_still_runs_is_neither_kept_nor_missed(story: Story) -> None:
    story.does("register")

    assert told(story, "kept").whole == Figure()


def test_returns_and_hops_are_counted_where_the_clue_went(any_office: Office) -> None:
    story = Story(any_office)
    story.walk("register", "dispatch", "return")
    story.does("dispatch", lead="shili-urban")
    story.does("accept", by="urban")

    returned, hops, signed = (told(story, one) for one in ("returned", "hops", "accepted"))

    assert returned.of_line("shili-market") == Figure(1, 1)
    assert returned.of_line("shili-urban") == Figure(0, 1)
    assert hops.of_line("shili-urban") == Figure(2, 1)
    assert signed.of_line("shili-market") == Figure(0, 1)
    assert signed.of_line("shili-urban") == Figure(1, 1)
    assert signed.whole == Figure(1, 2)


def test_what_was_deemed_signed_was_not_signed(story: Story) -> None:
    story.walk("register", "dispatch")
    assert told(story, "accepted").whole == Figure()

    story.waits(days=5)
    story.does("deem_accepted")

    assert told(story, "accepted").whole == Figure(0, 1)


def test_cases_are_filed_out_of_clues_taken_over(any_office: Office) -> None:
    story = Story(any_office)
    story.walk(*ACCEPTED)
    story.walk(*IN_CASE)

    assert told(story, "filed").of_line("shili-market") == Figure(1, 2)


def test_referrals_are_filed_by_the_police_out_of_those_delivered(any_office: Office) -> None:
    story = Story(any_office)
    story.walk(*APPROVED)
    assert told(story, "referrals").whole == Figure()

    story.walk("referral.deliver", "referral.receipt")
    assert told(story, "referrals").whole == Figure(0, 1)

    story.does("referral.file")
    assert told(story, "referrals").whole == Figure(1, 1)


def test_a_head_reads_his_own_department_only(story: Story) -> None:
    story.walk(*ACCEPTED)
    story.waits(days=40)

    for measure in MEASURES:
        found = told(story, measure.id, "head")
        assert {key for key, _ in found.lines} <= {"shili-market"}
        assert told(story, measure.id, "health_head").lines == ()


def test_months_and_departments_add_up_to_the_same(story: Story) -> None:
    story.walk(*ACCEPTED)
    story.walk("register", "dispatch", "return")
    story.waits(days=40)

    for measure in MEASURES:
        found = told(story, measure.id)
        by_month = sum((found.of_month(place) for place in range(3)), Figure())
        by_department = sum((found.of_line(key) for key, _ in found.lines), Figure())
        assert by_month == by_department == found.whole


def test_by_matter_the_same_is_counted_and_adds_up(any_office: Office) -> None:
    story = Story(any_office)
    story.walk(*IN_CASE)
    story.waits(days=40)

    for measure in MEASURES:
        # A limit without a clue's matter is the hotline's too: of clues, both tell the same.
        assert told(story, measure.id, by=MATTER).whole == told(story, measure.id).whole
    assert len(told(story, "filed", by=MATTER).lines) == 1
