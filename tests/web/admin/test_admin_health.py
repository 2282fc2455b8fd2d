"""How the site does: in detail for administrators, in a word for machines."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from domain.tables.site import TickNote
from flows.afterwards.schedule_log import NAMES, Tick, note_tick, run_and_note
from flows.site.office import Office
from flows.site.schema import newest_revision
from flows.site.store import reading, transaction
from flows.upkeep.health import health, in_bytes, is_well
from tests.web.conftest import Workbench


def stamp(office: Office, revision: str) -> None:
    with transaction(office.engine) as session:
        session.connection().execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
        session.connection().execute(
            text("INSERT INTO alembic_version VALUES (:one)"), {"one": revision}
        )


def note(session: Session, name: str) -> TickNote:
    return session.get_one(TickNote, name)


def lines(office: Office, now: datetime) -> dict[str, tuple[str, str]]:
    found = [line for part in health(office, now) for line in part.lines]
    return {one.label: (one.value, one.verdict) for one in found}


def test_a_site_without_a_schedule_or_tables_of_another_version_is_not_well(
    workbench: Workbench,
) -> None:
    stamp(workbench.office, "0001")

    found = lines(workbench.office, workbench.clock())

    assert found["表结构"] == (f"0001，程序需要{newest_revision()}", "bad")
    assert found["定时任务"][1] == "bad"
    assert not is_well(workbench.office)
    answer = workbench.nobody().get("/healthz")
    assert (answer.status_code, answer.text) == (503, "degraded")


def test_a_stranger_is_told_one_word(workbench: Workbench) -> None:
    stamp(workbench.office, newest_revision())

    answer = workbench.nobody().get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok")


def test_the_page_is_the_administrators(workbench: Workbench) -> None:
    assert "磁盘剩余" in workbench.at("administrator").get("/admin/health").text
    for chair in ("handler", "auditor"):
        assert workbench.at(chair).get("/admin/health").status_code == 403


def test_ticks_say_when_they_ran_and_when_they_fell_silent(workbench: Workbench) -> None:
    now = datetime.now(UTC)
    run_and_note(workbench.office, "remind", lambda: "提醒0条", lambda: None)

    assert "提醒0条" in lines(workbench.office, now)["提醒督办"][0]
    assert lines(workbench.office, now)["提醒督办"][1] == "ok"
    late = lines(workbench.office, now + timedelta(hours=1))["提醒督办"]
    assert late[1] == "bad"
    assert "此后没有再运行" in late[0]


def test_a_tick_that_fails_is_noted_and_its_error_goes_on(workbench: Workbench) -> None:
    def broken() -> str:
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        run_and_note(workbench.office, "post", broken, lambda: None)

    with reading(workbench.office.engine) as session:
        assert not note(session, "post").went_well


def test_since_tells_when_it_changed_and_no_news_is_not_written_again(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = [datetime(2026, 5, 11, 9, 0, second, tzinfo=UTC) for second in (0, 3, 50)]
    moments.append(datetime(2026, 5, 11, 9, 2, tzinfo=UTC))
    seen = []
    for at, answers in zip(moments, (True, True, True, False), strict=True):
        monkeypatch.setattr("flows.afterwards.schedule_log.now_at", lambda office, at=at: at)
        note_tick(workbench.office, Tick("prefect", answers))
        with reading(workbench.office.engine) as session:
            seen.append((note(session, "prefect").ran_at, note(session, "prefect").since))

    first, _, third, last = moments
    assert seen == [(first, first), (first, first), (third, first), (last, last)]


def test_a_missing_calendar_is_told(workbench: Workbench) -> None:
    spring, autumn, after = (
        datetime(year, month, 1, tzinfo=UTC) for year, month in ((2026, 5), (2026, 11), (2027, 2))
    )

    verdicts = [lines(workbench.office, one)["放假安排"][1] for one in (spring, autumn, after)]

    assert verdicts == ["ok", "doubt", "bad"]


def test_every_part_of_the_schedule_has_a_name_and_sizes_are_readable() -> None:
    assert {"remind", "every_day", "hourly", "post", "follow_up", "prefect"} == set(NAMES)
    assert [in_bytes(one) for one in (12, 2048, 3 * 1024**3)] == ["12 B", "2.0 kB", "3.0 GB"]
