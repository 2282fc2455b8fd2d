"""Every day and moment of every form, given as nobody can mean it: refused by name, with a day."""

from dataclasses import replace
from datetime import datetime

import pytest

from domain.rulebook.rulebook_reading import load_rulebook
from domain.shapes.lifecycles import FormField
from domain.situation.form_dates import DATED, EVENTS, date_complaints
from domain.situation.situation import CHINA, ProcessView, Situation
from flows.door.situations import new_clue_situation
from tests.helpers.people import actor
from tests.helpers.story import CONCLUDED, RECEIVED, REVIEWED, Story

RULES = load_rulebook()
FIELDS = [
    (kind, action, name)
    for kind, lifecycle in RULES.lifecycles.items()
    for action, transition in lifecycle.actions.items()
    for name, field in transition.form.items()
    if field.type in DATED
]
OPEN_HERE = {("visit", "enter_urgent", "entered_at"), ("finding", "enter_result", "started_at")}
"""Of an urgent visit nothing is on record before it was entered."""
NOW = datetime(2026, 6, 10, 10, 0, tzinfo=CHINA)
BEFORE = datetime(2026, 6, 3, 15, 0, tzinfo=CHINA)
"""When everything happened that a field may follow."""
OPEN_PAST = {
    *(("clue", "received_at"), ("clue", "paper_received_at")),
    ("incoming_paper", "incoming_dated"),
    *(("breach_record", "found_on"), ("credit_repair", "applied_on")),
    *(("credit_objection", "objected_on"), ("credit_objection", "publicity_from")),
    *((kind, "offence_ended_on") for kind in ("clue", "case", "spot_penalty")),
}
"""Days that may lie years back: a letter left lying, an act found late (处罚法第三十六条), a breach
of an old decision; guards hold its repair and objections against that day."""


def _field(kind: str, action: str, name: str) -> FormField:
    return RULES.lifecycles[kind].actions[action].form[name]


def _complaints(story: Story, field: tuple[str, str, str], moment: datetime) -> list[str]:
    kind, _, name = field
    asked = _field(*field)
    facts = {one: BEFORE.isoformat() for one in (*EVENTS, *(name for *_, name in FIELDS))}
    process = ProcessView(kind, 1, "", "shili-market", facts=facts, opened_at=BEFORE)
    value = moment.date().isoformat() if asked.type == "date" else moment.isoformat()
    empty = new_clue_situation(story.office, actor("desk"), NOW, "shili-hotline")
    situation: Situation = replace(empty, process=process, form={name: value})
    return date_complaints({name: asked}, situation)


@pytest.mark.parametrize("field", FIELDS, ids=".".join)
@pytest.mark.parametrize("year", [2005, 2027])
def test_a_day_of_another_year_is_refused_by_its_field(
    story: Story, field: tuple[str, str, str], year: int
) -> None:
    kind, _, name = field
    asked = _field(*field)
    may_be_old = (kind, name) in OPEN_PAST or field in OPEN_HERE or asked.not_before == "@received"
    possible = may_be_old if year == 2005 else not asked.past

    found = _complaints(story, field, NOW.replace(year=year))

    assert bool(found) != possible
    assert all(one.startswith(f"「{asked.label}」不能") for one in found)


@pytest.mark.parametrize(
    "field", [one for one in FIELDS if _field(*one).not_before not in {None, "@received"}]
)
def test_the_day_before_what_it_follows_is_refused_with_that_day(
    story: Story, field: tuple[str, str, str]
) -> None:
    [found] = _complaints(story, field, BEFORE.replace(day=2))

    assert "不能早于" in found
    assert "2026年6月3日" in found
    assert _complaints(story, field, BEFORE) == []


def test_a_notice_is_not_served_before_its_case_was_reviewed(story: Story) -> None:
    story.walk(*REVIEWED)

    early = story.refused("case.notice", notice_served_on="2026-01-05T09:00")

    assert "「告知书送达时间」不能早于审核通过的时间（2026年5月11日" in early
    assert "「告知书送达时间」不能晚于现在" in story.refused(
        "case.notice", notice_served_on="2026-12-20T09:00"
    )


def test_the_police_do_not_refuse_before_they_received(story: Story) -> None:
    story.walk(*RECEIVED)

    early = story.refused("referral.refuse", refusal_notice_at="2026-01-08T09:00")
    assert "「不予立案通知送达时间」不能早于接收时间" in early
    assert "「公安立案日期」不能早于接收时间" in story.refused(
        "referral.file", filed_on="2020-01-01"
    )
    assert "「立案通知送达时间」不能晚于现在" in story.refused(
        "referral.file", filing_notice_at="2026-12-20T09:00"
    )


def test_nothing_is_received_or_ended_in_the_future(story: Story) -> None:
    assert "「收到时间」不能晚于现在" in story.refused("register", received_at="2027-11-24T09:00")
    story.walk(*CONCLUDED)

    assert "「违法行为终了日期」不能晚于今天" in story.refused(
        "file_case", offence_ended_on="2026-06-01"
    )


def test_a_talk_is_not_held_before_the_clue_came(story: Story) -> None:
    story.walk("register", "dispatch", "accept", "verify")
    story.does("conclude", finding="minor")

    assert "不能早于收到线索的时间" in story.refused("govern", talked_at="2026-05-01T09:00")


def test_a_fact_that_an_earlier_table_did_not_ask_for_sets_no_bound(story: Story) -> None:
    """A hearing that was scheduled before is served and held."""
    asked = _field("case", "serve_hearing_notice", "hearing_notice_served_on")
    empty = new_clue_situation(story.office, actor("desk"), NOW, "shili-hotline")
    process = ProcessView("case", 1, "hearing", "shili-market")
    served = {"hearing_notice_served_on": BEFORE.isoformat()}

    assert (
        date_complaints(
            {"hearing_notice_served_on": asked}, replace(empty, process=process, form=served)
        )
        == []
    )


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_year_from_which_no_limit_can_be_counted_is_a_complaint(story: Story, year: str) -> None:
    told = story.refused("register", received_at=f"{year}-01-01T00:00")

    assert f"年份应在1900年至2199年之间，现为{year}年" in told
