"""Follow-ups that could not be done: shown with their error, and tried again, on record."""

import pytest
from sqlalchemy import text
from sqlmodel import col, select
from typer.testing import CliRunner

from cli.main import app
from domain.rulebook.rulebook_reading import CONFIG
from domain.tables.record import Event
from flows.afterwards.follow_up_list import STAGES, TASKS
from flows.afterwards.outbox import MOST_ATTEMPTS, claim, fail, parked
from flows.site.event_chain import verify
from flows.site.schema import newest_revision
from flows.site.store import reading, transaction
from tests.helpers.plain_yaml import read_yaml
from tests.web.conftest import Workbench

ERROR = "平台没有接收：<b>503</b>"


def park(workbench: Workbench) -> list[int]:
    """Everything that follows a dispatch fails until it is parked."""
    workbench.walk("register", "dispatch")
    for _ in range(MOST_ATTEMPTS):
        workbench.clock.pass_(hours=3)
        for job in claim(workbench.office, workbench.clock(), "test"):
            fail(workbench.office, job, ERROR, workbench.clock())
    return [one.id or 0 for one in parked(workbench.office)]


def stamped(workbench: Workbench) -> None:
    """The tables are those of the newest revision, as a command expects."""
    with transaction(workbench.office.engine) as session:
        session.connection().execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
        stamp = text("INSERT INTO alembic_version VALUES (:revision)")
        session.connection().execute(stamp, {"revision": newest_revision()})


def retries(workbench: Workbench) -> list[Event]:
    with reading(workbench.office.engine) as session:
        assert verify(session, workbench.office.keys.chain).holds
        return list(session.exec(select(Event).where(col(Event.action) == "retry_follow_ups")))


def test_parked_rows_are_listed_with_their_error_and_no_fact_of_the_clue(
    workbench: Workbench,
) -> None:
    ids = park(workbench)

    told = workbench.at("administrator").get("/admin/follow-ups").text

    assert len(ids) == 2
    assert "XS2026000001" in told
    assert "平台没有接收：&lt;b&gt;503" in told
    assert "送达文书" in told
    assert "/clues/XS2026000001" not in told


def test_one_row_is_tried_again(workbench: Workbench) -> None:
    first, second = park(workbench)

    answer = workbench.at("administrator").post("/admin/follow-ups/retry", data={"id": first})

    assert answer.headers["location"] == "/admin/follow-ups?retried=1"
    assert [one.id for one in parked(workbench.office)] == [second]
    assert [one.id for one in claim(workbench.office, workbench.clock(), "test")] == [first]
    [event] = retries(workbench)
    assert (event.actor_id, event.detail["ids"]) == ("administrator", [first])


def test_all_rows_are_tried_again_and_nothing_named_changes_nothing(workbench: Workbench) -> None:
    park(workbench)
    client = workbench.at("administrator")

    client.post("/admin/follow-ups/retry")
    assert len(parked(workbench.office)) == 2
    client.post("/admin/follow-ups/retry", data={"all": "true"})

    assert parked(workbench.office) == []
    assert len(retries(workbench)) == 1


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("stage=transfer", True),
        ("stage=penalty", False),
        ("clue=XS2026000001", True),
        ("clue=XS2026000002", False),
        ("state=failing", False),
        ("before=1", False),
    ],
)
def test_the_list_is_narrowed(workbench: Workbench, query: str, shown: bool) -> None:
    park(workbench)

    told = workbench.at("administrator").get(f"/admin/follow-ups?{query}").text

    assert ("<tbody>" in told) is shown


@pytest.mark.parametrize("chair", ["handler", "auditor", "supervisor"])
def test_other_chairs_retry_nothing(workbench: Workbench, chair: str) -> None:
    ids = park(workbench)
    client = workbench.at(chair)

    assert client.get("/admin/follow-ups").status_code == 403
    assert client.post("/admin/follow-ups/retry", data={"all": "true"}).status_code == 403
    assert len(parked(workbench.office)) == len(ids)


def test_every_stage_and_task_of_the_tables_has_a_name() -> None:
    orders = [
        order
        for path in (CONFIG / "lifecycles").glob("*.yaml")
        for action in read_yaml(path)["actions"].values()
        for order in action.get("followups", ())
    ]

    assert {one["stage"] for one in orders} <= set(STAGES)
    assert {one["task"] for one in orders} <= set(TASKS)


def test_the_same_at_the_command_line(workbench: Workbench) -> None:
    first, _ = park(workbench)
    stamped(workbench)
    home = ["--home", str(workbench.office.settings.home), "follow-ups"]

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, [*home, *words])
        return done.exit_code, done.output

    code, listed = run("--parked")
    assert (code, "XS2026000001" in listed) == (0, True)
    assert run("--retry", str(first)) == (0, "已重新列入处理：1项\n")
    assert run("--retry", str(first))[0] == 2
    assert run("--retry", "x")[0] == 2
    assert run("--retry", "all") == (0, "已重新列入处理：1项\n")
