"""Lessons of routing read from the record of a site, kept, and used where they do better."""

from datetime import datetime
from hashlib import sha256

from sqlmodel import Session, select

from domain.tables.matching import RoutingLessons
from flows.matching.routing_lessons import learn_anew, learn_if_due, learned_in, who_took
from flows.matching.routing_report import routing_report
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.story import Story

NIGHT_WORK = {"title": "夜间施工噪音", "content": "对面工地夜间施工到凌晨三点，噪音很大，睡不着。"}


def _taken(session: Session) -> list[str]:
    return [one.department for one in who_took(session)]


def test_the_last_word_of_the_record_on_a_clue_is_the_lesson(any_office: Office) -> None:
    story = Story(any_office)
    story.walk("register")
    with reading(any_office.engine) as session:
        assert _taken(session) == []

    story.walk("dispatch")
    story.does("return", competent="shili-urban")
    with reading(any_office.engine) as session:
        assert _taken(session) == ["shili-urban"]

    story.does("dispatch", lead="shili-health")
    story.does("accept", by="health")
    with reading(any_office.engine) as session:
        assert _taken(session) == ["shili-health"]


def test_little_is_learnt_and_not_used_and_the_report_says_so(story: Story) -> None:
    story.walk("register", "dispatch", "accept")
    learn_anew(story.office, story.now)
    kept = learn_anew(story.office, story.now)

    with reading(story.office.engine) as session:
        row = session.exec(select(RoutingLessons)).one()
        report = routing_report(session, story.office, story.now)
        assert learned_in(session).weights == {}
    assert kept.evidence.lessons == 1
    assert report.kept == kept
    assert not row.in_use
    assert sum(report.registered.values()) == sum(one.proposed for one in report.lines) == 1
    assert [(one.taken, one.by_another, one.waiting) for one in report.lines] in (
        [(1, 0, 0)],
        [(0, 1, 0)],
    )
    assert not learn_if_due(story.office, story.now)


def test_lessons_in_use_turn_the_proposal_of_a_new_clue(story: Story) -> None:
    before = _proposed(story)
    rival = next(
        one["department"] for one in before["candidates"] if one["department"] != before["lead"]
    )
    function = story.office.rules.departments[rival].function
    _use(story.office, {"w夜间施工": {function: 9.0}, "r施工": {function: 9.0}}, story.now)

    after = _proposed(story)

    assert before["lead"] != rival
    assert after["lead"] == rival
    assert "本站以往含“夜间施工”" in after["reason"]
    assert "本站以往" not in after["ground"]


def _proposed(story: Story) -> dict:
    story.does("register", outside_no=None, **NIGHT_WORK)
    return story.row().facts["suggestion"]


def _use(office: Office, weights: dict[str, dict[str, float]], now: datetime) -> None:
    row = RoutingLessons(
        made_at=now,
        last_seq=1,
        in_use=True,
        evidence={
            "lessons": 200,
            "dictionary_right": 150,
            "learned_right": 160,
            "won": 12,
            "lost": 2,
        },
        sha=sha256(repr(weights).encode()).hexdigest(),
        weights=weights,
    )
    with transaction(office.engine) as session:
        session.add(row)
