"""疑似重复: pairs side by side, decided one by one and several at once, and remembered."""

import re
from datetime import timedelta

from sqlalchemy import delete, null, update
from sqlmodel import col, select

from domain.duplicates.wording import Piece, compared
from domain.tables.matching import Fingerprint, FingerprintBand, Suspicion
from domain.tables.process import Clue
from domain.tables.record import Event
from flows.door.first_look import compare_again
from flows.site.store import reading, transaction
from flows.workbench.duplicate_decisions import chairs_that_merge
from flows.workbench.duplicate_index import index_anew, to_index
from tests.web.conftest import Workbench
from web.pages.clues.duplicates import CHAIRS

PICKS = re.compile(r'form="bulk" name="pick" value="([\d.]+)"')


def _registered(workbench: Workbench, count: int) -> list[str]:
    """So many clues of the same words, and their numbers."""
    found = []
    for _ in range(count):
        workbench.story.clue = None
        found.append(workbench.walk("register"))
    return found


def test_a_pair_said_to_be_none_is_never_suggested_again(workbench: Workbench) -> None:
    first, second = _registered(workbench, 2)
    desk = workbench.at("desk")
    shown = desk.get("/duplicates").text
    (pick,) = PICKS.findall(shown)

    done = desk.post("/duplicates", data={"pick": pick, "decision": "distinct"}).text
    again = desk.post("/duplicates", data={"pick": pick, "decision": "related"}).text
    assert "最近核对过的1对" in desk.get("/duplicates").text
    with transaction(workbench.office.engine) as session:
        for number in (first, second):
            clue = session.exec(select(Clue).where(Clue.no == number)).one()
            compare_again(session, workbench.office, clue, workbench.clock())
    home, page = desk.get("/").text, desk.get(f"/clues/{second}").text

    assert first in shown and second in shown and "选中的不是重复" in shown
    assert "已记为不是重复" in done and "已经核对" in again
    assert "没有等待核对" in desk.get("/duplicates").text
    assert "f.master" not in home and "疑似重复</h2>" not in page
    assert "核对疑似重复" in page and "核对为不是重复" in page
    with reading(workbench.office.engine) as session:
        row = session.exec(select(Suspicion)).one()
        events = session.exec(select(Event).where(Event.action == "decide_duplicate")).all()
    assert (row.decision, row.decided_by) == ("distinct", "desk")
    assert row.decided_at is not None and len(events) == 2
    assert chairs_that_merge(workbench.office.rules) == CHAIRS
    assert workbench.story.chain_holds()


def test_a_group_is_one_block_and_merged_at_once_row_by_row(workbench: Workbench) -> None:
    _registered(workbench, 3)
    desk = workbench.at("desk")
    shown = desk.get("/duplicates").text
    picks = PICKS.findall(shown)
    say = {"pick": [*picks, "999.1"], "decision": "merge"}

    unsaid = desk.post("/duplicates", data=say).text
    done = desk.post("/duplicates", data={**say, "new_facts": "none_new"}).text

    assert "第1组：3条线索，3对" in shown and len(picks) == 3
    assert "办成0对，未办成4对" in unsaid and "有无新事实" in unsaid
    assert "办成3对，未办成1对" in done and "不归您核对" in done
    with reading(workbench.office.engine) as session:
        rows = session.exec(select(Clue).order_by(col(Clue.id))).all()
    assert [one.state for one in rows] == ["registered", "merged", "merged"]
    assert {one.merged_into_id for one in rows[1:]} == {rows[0].id}
    assert "没有等待核对" in desk.get("/duplicates").text


def test_the_queue_is_narrowed_and_shows_only_what_one_may_merge(workbench: Workbench) -> None:
    _, second = _registered(workbench, 2)
    desk, today = workbench.at("desk"), workbench.clock().date()
    (pick,) = PICKS.findall(desk.get("/duplicates").text)

    assert second in desk.get(f"/duplicates?day={today}").text
    assert second not in desk.get(f"/duplicates?day={today - timedelta(days=1)}").text
    assert "没有您的这次导入" in desk.get("/duplicates?import=none").text
    assert "没有等待核对" in workbench.at("county").get("/duplicates").text
    assert workbench.at("police").get("/duplicates").status_code == 403
    refused = workbench.at("county").post("/duplicates", data={"pick": pick, "decision": "related"})
    assert "不归您核对" in refused.text and second not in refused.text
    desk.post("/duplicates", data={"pick": pick, "decision": "related"})
    assert "经核对有关联的线索" in desk.get(f"/clues/{second}").text

    workbench.clock.pass_(minutes=5)
    reopen = f"/duplicates/{pick.partition('.')[0]}/reopen"
    elsewhere = workbench.at("county").post(reopen, data={"reason": "看错了"}).text
    unsaid = desk.post(reopen, data={"reason": " "}).text
    done = desk.post(reopen, data={"reason": "看错了地点"}).text
    clue = desk.get(f"/clues/{second}").text

    assert "没有核对结果可以收回" in elsewhere and "请写明收回的理由" in unsaid
    assert "已收回，重新等待核对" in done and "没有核对结果可以收回" in desk.post(reopen).text
    assert PICKS.findall(desk.get("/duplicates").text) == [pick]
    assert "收回疑似重复的核对结果" in clue and "看错了地点" in clue
    assert "经核对有关联的线索" not in clue
    assert workbench.story.chain_holds()


def test_clues_of_earlier_versions_are_indexed_anew_and_found(workbench: Workbench) -> None:
    _registered(workbench, 1)
    with transaction(workbench.office.engine) as session:
        session.execute(delete(FingerprintBand))
        session.execute(update(Fingerprint).values(words=null()))

    waiting, portions = to_index(workbench.office), list(index_anew(workbench.office))
    _registered(workbench, 1)

    assert (waiting, portions, to_index(workbench.office)) == (1, [1], 0)
    assert PICKS.findall(workbench.at("desk").get("/duplicates").text)


def test_what_differs_is_marked_and_both_texts_stay_whole() -> None:
    left, right = compared("人民路12号井盖破损", "人民路128号井盖丢失")

    assert Piece("12", differs=True) in left and Piece("128", differs=True) in right
    assert Piece("破损", differs=True) in left and Piece("丢失", differs=True) in right
    assert "".join(one.text for one in right) == "人民路128号井盖丢失"
    assert compared("一样", "一样") == ((Piece("一样"),), (Piece("一样"),))
