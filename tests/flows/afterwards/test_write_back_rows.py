"""The list of write-backs reads many at once, and says of each what the platform is told."""

import pytest
from sqlmodel import Session, col, select

from domain.tables.work import FollowUp
from flows.afterwards.outbox import Job
from flows.afterwards.write_back import Record, record_of
from flows.afterwards.write_back_rows import hanging_on, page_of
from flows.lists.write_back_list import write_back_desk, write_backs
from flows.people.viewer import Viewer
from flows.rows.statements import ask
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.people import actor
from tests.helpers.story import Story


def stories(office: Office) -> Story:
    """An order that was answered late and in between, and one that was merged with it."""
    first = Story(office)
    first.does("register", outside_no="GD1")
    first.walk("dispatch", "accept", "verify", "extend_reply", "interim_reply", "conclude")
    second = Story(office, now=first.now)
    second.does("register", outside_no="GD2")
    second.does("merge", master=first.row().no, new_facts="none_new")
    return second


def told_one_by_one(session: Session, office: Office) -> list[Record | None]:
    """What the platform is told of each step, the newest first."""
    query = select(FollowUp).where(col(FollowUp.task) == "write_back")
    rows = session.exec(query.order_by(col(FollowUp.id).desc()))
    jobs = [Job.model_validate(one, from_attributes=True) for one in rows]
    return [record_of(session, office, one) for one in jobs]


def test_each_line_says_what_the_platform_is_told(any_office: Office) -> None:
    story = stories(any_office)

    with reading(any_office.engine) as session:
        viewer = Viewer(any_office, actor("desk"), story.now)
        page = write_back_desk(session, viewer).page
        records = [one or {} for one in told_one_by_one(session, any_office)]

    told = [dict(one.told) for one in page.lines]
    assert [one["工单编号"] for one in told] == [one["order"] for one in records]
    assert [one["操作"] for one in told] == [one["action_label"] for one in records]
    assert [one.get("并入线索") for one in told] == [one.get("merged_into") for one in records]
    due = [str(one.get("due") or "")[:16].replace("T", " ") for one in records]
    assert [one.get("答复期限", "") for one in told] == due
    assert {"merge", "extend_reply", "interim_reply"} <= {one["action"] for one in records}
    assert len([one for one in due if one]) == 2
    papers = [
        "、".join(f"《{paper['title']}》{paper['number'] or ''}" for paper in _papers(one))
        for one in records
    ]
    assert [one.get("文书", "") for one in told] == papers
    assert any(papers)


def _papers(record: Record) -> list[dict[str, str]]:
    found = record["documents"]
    assert isinstance(found, list)
    return found


def test_pages_of_write_backs_go_on_where_the_last_one_ended(
    any_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = stories(any_office)
    monkeypatch.setattr("flows.lists.write_back_list.PAGE", 2)

    with reading(any_office.engine) as session:
        viewer = Viewer(any_office, actor("desk"), story.now)
        whole = [one.id for one in ask(session.connection(), page_of(viewer.actor, "all", 0))[0]]
        first = write_backs(session, viewer)
        second = write_backs(session, viewer, before=first.older)

    shown = [one.row.id for one in (*first.lines, *second.lines)]
    assert shown == whole[:4]


def test_a_write_back_whose_step_is_not_on_record_is_told(any_office: Office) -> None:
    story = stories(any_office)
    with transaction(any_office.engine) as session:
        row = session.exec(select(FollowUp).where(col(FollowUp.task) == "write_back")).first()
        assert row is not None
        row.payload = {**row.payload, "action": "unknown"}
        session.add(row)

    with reading(any_office.engine) as session:
        viewer = Viewer(any_office, actor("desk"), story.now)
        [rows] = ask(session.connection(), page_of(viewer.actor, "all", 0))
        with pytest.raises(LookupError, match="没有找到操作「unknown」的记录"):
            hanging_on(session, any_office, rows)
