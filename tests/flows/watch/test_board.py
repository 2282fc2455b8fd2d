"""The supervisor's board: lights counted by the database as the program lights them one by one."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session, col, delete, select

from domain.limits.due_moment import Due
from domain.limits.lights import light
from domain.tables.process import Clock
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.watch.board import Board, ages, board, in_stage
from flows.watch.board_details import LATEST, Narrow, open_clues_by_age, running_limits
from flows.watch.light_counts import colour
from tests.helpers.moments import at
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, CONCLUDED, Story

MANY = 300


def viewer(story: Story, chair: str = "supervisor") -> Viewer:
    return Viewer(story.office, actor(chair), story.now)


def seen(story: Story, chair: str = "supervisor") -> Board:
    with reading(story.office.engine) as session:
        return board(session, viewer(story, chair))


def _random_clocks(session: Session, clue_id: int) -> None:
    """Limits of every kind, around and far from the moment."""
    dice = random.Random(7)
    session.connection().execute(delete(Clock))
    for number in range(MANY):
        started = at("2026-05-20T10:00") - timedelta(hours=dice.randint(1, 2000))
        due = started + timedelta(seconds=dice.randint(1, 4000 * 3600))
        if number % 3:
            due = due.replace(hour=23, minute=59, second=59)
        if number % 5 == 0:
            due = at("2026-05-20T10:00") + timedelta(hours=dice.randint(-100, 100))
        breach = due + timedelta(hours=dice.choice([0, 0, 30]))
        session.add(
            Clock(
                clue_id=clue_id,
                process_kind="part",
                process_id=number,
                rule="part_reply",
                unit=dice.choice(["hours", "natural_days", "working_days", "months"]),
                basis="local-part-reply",
                owner_id="shili-market",
                started_at=started,
                due_at=due,
                breach_at=breach,
                paused=dice.random() < 0.1,
            )
        )


def test_the_database_lights_every_clock_as_the_program_does(any_office: Office) -> None:
    story = Story(any_office)
    story.does("register")
    with transaction(any_office.engine) as session:
        _random_clocks(session, story.clue or 0)
    calendar = any_office.rules.calendar
    shades = Counter[str]()

    for moment in ("2026-05-20T10:00", "2026-05-22T23:59", "2026-04-30T18:00", "2026-06-19T00:00"):
        now = at(moment)
        with reading(any_office.engine) as session:
            for clock, told in session.exec(select(Clock, colour(now, calendar))):
                due = Due(clock.due_at, clock.breach_at, paused=clock.paused, unit=clock.unit)
                assert told == light(due, now, calendar, clock.started_at).colour, clock
                shades[told] += 1
    assert min(shades[one] for one in ("red", "yellow", "green", "grey")) > MANY // 20


def test_figures_of_the_board_are_the_lines_behind_them(any_office: Office) -> None:
    story = Story(any_office)
    for actions in (("register",), ("register", "dispatch"), ACCEPTED, (*ACCEPTED, "verify")):
        story.walk(*actions)
    story.does("verification.ask", cooperating=["shili-health"], part_limit=None)
    story.waits(days=9)

    found = seen(story)

    assert found.sums.total.total == sum(row.total.total for row in found.rows) > 0
    for row in found.rows:
        for stage, cell in row.cells.items():
            for shade in ("red", "yellow", "green", "grey"):
                narrow = Narrow(row.department, stage, shade)
                with reading(any_office.engine) as session:
                    lines = running_limits(session, viewer(story), narrow).lines
                assert len(lines) == getattr(cell, shade)


def test_every_running_limit_belongs_to_exactly_one_stage(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    found = seen(story)

    with reading(story.office.engine) as session:
        for stage in found.stages:
            ids = session.exec(
                select(Clock.id).where(
                    col(Clock.ended_at).is_(None), in_stage(stage.id, story.office.rules.deadlines)
                )
            ).all()
            told = found.sums.cells.get(stage.id)
            assert len(ids) == (told.total if told else 0), stage.id


def test_a_partys_limit_and_a_mere_right_are_nobodys_duty(story: Story) -> None:
    story.walk(*CONCLUDED, "file_case", "case.assign_officers", "case.record_facts")
    story.walk("case.report", "case.send_for_review", "case.pass_review", "case.notice")
    assert "cf64_apply" in story.open_rules()
    story.waits(days=60)

    with reading(story.office.engine) as session:
        lines = running_limits(session, viewer(story), Narrow()).lines

    assert "cf64_apply" not in {one.row.rule for one in lines}


def test_a_head_watches_his_own_department_only(story: Story) -> None:
    story.walk(*ACCEPTED)

    assert [row.department for row in seen(story, "head").rows] == ["shili-market"]
    assert seen(story, "health_head").rows == ()


def test_most_late_departments_come_first(story: Story) -> None:
    story.walk(*ACCEPTED)
    story.walk("register")
    story.waits(days=40)

    reds = [row.total.red for row in seen(story).rows]

    assert reds == sorted(reds, reverse=True)
    assert reds[0] > 0


def test_open_clues_are_counted_by_the_days_since_they_came_in(story: Story) -> None:
    story.does("register")
    story.waits(days=5)
    story.walk(*ACCEPTED)
    story.waits(days=3)

    with reading(story.office.engine) as session:
        rows = {one.department: one.counts for one in ages(session, viewer(story))}
        old = open_clues_by_age(session, viewer(story), ("shili-hotline", 2))

    assert rows == {"shili-hotline": (0, 0, 1, 0, 0, 0), "shili-market": (1, 0, 0, 0, 0, 0)}
    assert [one.no for one, _, _ in old.clues] == ["XS2026000001"]


def test_ended_clues_leave_the_board(story: Story) -> None:
    story.does("register")
    story.does("redirect")

    found = seen(story)

    with reading(story.office.engine) as session:
        assert ages(session, viewer(story)) == ()
    assert found.rows == ()


def test_long_lists_are_read_page_by_page_without_a_gap(story: Story) -> None:
    for _ in range(7):
        story.walk("register")
    with reading(story.office.engine) as session:
        whole = [one.row.id for one in running_limits(session, viewer(story), Narrow()).lines]
        paged: list[int | None] = []
        after = ""
        while True:
            page = running_limits(session, viewer(story), Narrow(after=after), 3)
            paged += [one.row.id for one in page.lines]
            after = page.older
            if not after:
                break

    assert paged == whole
    assert len(whole) == 14


def test_limits_of_each_department_go_on_where_a_page_ends_in_either_order(
    any_office: Office,
) -> None:
    """All departments and all places are asked for by one statement, told which."""
    story = Story(any_office)
    for _ in range(3):
        story.walk("register")
    story.walk(*ACCEPTED)
    story.waits(days=40)

    with reading(any_office.engine) as session:

        def ids(narrow: Narrow, size: int = 30) -> list[int]:
            page = running_limits(session, viewer(story), narrow, size)
            rest = ids(replace(narrow, after=page.older), size) if page.older else []
            return [*(one.row.id for one in page.lines), *rest]

        for light in ("", "red"):
            every = Narrow(light=light)
            lines = running_limits(session, viewer(story), every).lines
            for department in {one.row.owner_id for one in lines}:
                own = [one.row.id for one in lines if one.row.owner_id == department]
                narrow = replace(every, department=department)
                assert ids(narrow, 2) == own
                assert ids(replace(narrow, sort=LATEST), 2) == own[::-1]


def test_an_altered_address_begins_at_the_top(any_office: Office) -> None:
    story = Story(any_office)
    story.walk("register")
    story.waits(days=40)

    with reading(any_office.engine) as session:
        for after in ("", "x", "2026-06-01T00:00:00+00:00_" + "9" * 20):
            for text in ("", "XS"):
                narrow = Narrow(after=after, text=text)
                assert len(running_limits(session, viewer(story), narrow).lines) == 2
