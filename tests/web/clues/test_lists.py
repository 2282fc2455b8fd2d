"""Lists: what waits, what is due first, words, filters that are kept, many at once."""

import re
from datetime import timedelta

import pytest

from flows.lists.list_filters import Wanted
from flows.lists.worklist import read_page
from flows.people.viewer import Viewer
from flows.site.store import reading
from tests.helpers.people import actor
from tests.helpers.story import RECEIVED
from tests.web.conftest import Workbench


def _register(workbench: Workbench, title: str, subject: str = "", hours: int = 0) -> str:
    workbench.story.waits(hours=hours)
    workbench.story.does("register", title=title, subject_name=subject or None, outside_no=None)
    return workbench.walk()


def _numbers(text: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'<th scope="row"><a href="/clues/(XS\d+)"', text)))


def test_first_page_lists_what_waits_for_the_chair_and_nothing_else(workbench: Workbench) -> None:
    waiting = _register(workbench, "待分办的线索")
    sent = _register(workbench, "已转办的线索")
    workbench.walk("dispatch")

    assert _numbers(workbench.at("desk").get("/").text) == [waiting]
    assert _numbers(workbench.at("handler").get("/").text) == [sent]
    assert _numbers(workbench.at("head").get("/").text) == []
    assert "没有等待您办理的线索" in workbench.at("urban").get("/").text


def test_what_is_due_first_stands_on_top(workbench: Workbench) -> None:
    first = _register(workbench, "先登记的")
    second = _register(workbench, "后登记的", hours=30)

    assert _numbers(workbench.at("desk").get("/").text) == [first, second]


def test_light_has_shape_word_and_article(workbench: Workbench) -> None:
    _register(workbench, "待分办的线索")
    workbench.clock.pass_(days=10)

    text = workbench.at("desk").get("/").text

    assert re.search(r'<span class="light light-red"><span aria-hidden="true">▲</span> 逾期', text)
    assert "依据：" in text


def test_handler_sees_his_own_and_unassigned_clues_first_and_all_on_demand(
    workbench: Workbench,
) -> None:
    number = _register(workbench, "同事承办的线索")
    workbench.walk("dispatch")
    workbench.story.does("accept", by="colleague", handler_user="colleague")
    workbench.walk()

    assert _numbers(workbench.at("handler").get("/").text) == []
    assert _numbers(workbench.at("colleague").get("/").text) == [number]
    assert _numbers(workbench.at("handler").get("/?whose=all").text) == [number]


def test_asked_department_finds_its_part_waiting(workbench: Workbench) -> None:
    number = _register(workbench, "联合核查的线索")
    workbench.story.walk("dispatch", "accept")
    workbench.story.does("verify", cooperating=["shili-health"])
    workbench.walk()

    text = workbench.at("health").get("/").text

    assert _numbers(text) == [number]
    assert "协查：待反馈" in text
    assert re.search(rf'/clues/{number}/do/part/submit/\d+">提交核查意见', text)


def test_an_opinion_and_a_dissent_stand_on_lines_of_their_own(workbench: Workbench) -> None:
    workbench.story.walk("register", "dispatch", "accept")
    workbench.story.does("verify", cooperating=["shili-health"])
    workbench.story.does("part.submit", agrees="dissents", dissent="不应认定为过期食品")
    number = workbench.walk()

    text = workbench.at("handler").get(f"/clues/{number}").text

    assert re.search(r"\n意见：[^\n<]*<br><strong>不同意见：不应认定为过期食品</strong>", text)


def test_arbiter_finds_his_step_on_the_dispute_that_waits_for_him(workbench: Workbench) -> None:
    number = _register(workbench, "职责不清的线索")
    workbench.walk("dispatch")
    workbench.story.does("dispute", route="enforcement", opponent="shili-urban")
    workbench.walk("dispute.ask_coordination")

    text = workbench.at("arbiter").get("/").text

    assert "管辖争议：协调中" in text
    assert "管辖争议协调" in text
    assert re.search(rf'/clues/{number}/do/dispute/coordinate/\d+">出具协调意见<', text)


def test_procuratorate_finds_its_step_on_what_waits_for_it(workbench: Workbench) -> None:
    number = workbench.walk(
        *RECEIVED,
        "referral.refuse",
        "referral.reconsider",
        "referral.uphold_refusal",
        "referral.ask_supervision",
    )

    text = workbench.at("procuratorate").get("/").text

    assert _numbers(text) == [number]
    assert f"/clues/{number}/do/referral/ask_reasons/" in text


@pytest.mark.parametrize("words", ["华信", "华信 示例", "信食", "XS2026", "ＨＸ", "hx牌"])
def test_two_characters_of_a_name_are_enough_to_find_a_clue(
    workbench: Workbench, words: str
) -> None:
    number = _register(workbench, "HX牌奶粉过期", subject="示例市华信食品有限公司")

    found = _numbers(workbench.at("desk").get("/clues", params={"q": words}).text)

    assert found == [number]


@pytest.mark.parametrize("words", ["华夏", "信华", "%", "_", "' OR 1=1", "奶粉 口罩"])
def test_other_words_find_nothing(workbench: Workbench, words: str) -> None:
    _register(workbench, "HX牌奶粉过期", subject="示例市华信食品有限公司")

    assert _numbers(workbench.at("desk").get("/clues", params={"q": words}).text) == []


def test_filters_narrow_together(workbench: Workbench) -> None:
    waiting = _register(workbench, "待分办的线索")
    sent = _register(workbench, "已转办的线索")
    workbench.walk("dispatch")
    desk = workbench.at("desk")

    assert _numbers(desk.get("/clues?state=registered").text) == [waiting]
    assert _numbers(desk.get("/clues?department=shili-market").text) == [sent]
    assert _numbers(desk.get("/clues?department=shili-market&state=registered").text) == []
    assert _numbers(desk.get("/clues?channel=media").text) == []


def test_late_ones_alone_on_demand(workbench: Workbench) -> None:
    late = _register(workbench, "早已登记的")
    fresh = _register(workbench, "刚刚登记的", hours=24 * 10)
    desk = workbench.at("desk")

    assert _numbers(desk.get("/clues?light=red").text) == [late]
    assert _numbers(desk.get("/clues?light=yellow").text) == [fresh]


def test_kept_filter_is_ones_own(workbench: Workbench) -> None:
    desk = workbench.at("desk")
    desk.post("/filters", data={"name": "逾期的", "query": "view=open&light=red"})

    assert 'href="/clues?view=open&amp;light=red">逾期的' in desk.get("/clues").text
    assert "逾期的</a>" not in workbench.at("handler").get("/clues").text
    workbench.at("handler").post("/filters/1/delete")
    assert "逾期的</a>" in desk.get("/clues").text
    desk.post("/filters/1/delete")
    assert "逾期的</a>" not in desk.get("/clues").text


def test_ended_clues_have_a_list_of_their_own(workbench: Workbench) -> None:
    number = _register(workbench, "告知其他途径的")
    workbench.walk("redirect")
    desk = workbench.at("desk")

    assert _numbers(desk.get("/clues").text) == []
    assert _numbers(desk.get("/clues?view=ended").text) == [number]


def test_every_clue_is_on_exactly_one_page(workbench: Workbench) -> None:
    """With clocks, without any, of several departments, each once and in order."""
    numbers = [_register(workbench, f"线索{place}") for place in range(7)]
    workbench.walk("dispatch", "accept", "verify", "conclude")
    viewer = Viewer(workbench.office, actor("desk"), workbench.clock())

    seen: list[str] = []
    wanted = Wanted()
    with reading(workbench.office.engine) as session:
        while True:
            page = read_page(session, viewer, wanted, size=2)
            seen += [one.clue.no for one in page.lines]
            if not page.older:
                break
            wanted = Wanted(after=page.older)

    assert sorted(seen) == numbers


def test_bulk_accept_tells_the_result_of_every_row(workbench: Workbench) -> None:
    first, second = _register(workbench, "甲"), _register(workbench, "乙")
    workbench.walk("dispatch")
    workbench.story.clue = 1
    workbench.walk("dispatch")
    workbench.walk("accept")

    client = workbench.at("handler")
    asked = client.post("/clues/bulk", data={"action": "accept", "pick": [first, second]})
    done = client.post("/clues/bulk/do", data={"action": "accept", "pick": [first, second]})

    assert asked.status_code == 200
    assert "办成1件，未办成1件" in done.text
    assert "当前状态为「已签收」" in done.text


def test_bulk_dispatch_takes_what_the_clerk_chose_over_the_suggestion(
    workbench: Workbench,
) -> None:
    number = _register(workbench, "超市销售过期食品")
    sent = {
        "action": "dispatch",
        "pick": [number],
        f"lead.{number}": "shili-urban",
        f"reason.{number}": "占道经营为主",
    }

    answer = workbench.at("desk").post("/clues/bulk/do", data=sent)

    assert "办成1件" in answer.text
    assert workbench.story.row().department_id == "shili-urban"


def test_bulk_is_for_the_chair_alone(workbench: Workbench) -> None:
    number = _register(workbench, "甲")

    answer = workbench.at("legal").post(
        "/clues/bulk/do", data={"action": "dispatch", "pick": [number]}
    )

    assert answer.status_code == 403
    assert workbench.story.state() == "registered"


def test_bulk_leaves_alone_what_one_may_not_see(workbench: Workbench) -> None:
    number = _register(workbench, "甲")
    workbench.walk("dispatch")

    answer = workbench.at("urban").post(
        "/clues/bulk/do", data={"action": "accept", "pick": [number]}
    )

    assert "共0件" in answer.text
    assert workbench.story.state() == "dispatched"


def test_messages_are_told_and_acknowledged(workbench: Workbench) -> None:
    _register(workbench, "甲")
    workbench.walk("dispatch")
    client = workbench.at("handler")
    assert 'aria-label="1条未读"' in client.get("/").text

    text = client.get("/messages").text
    which = re.search(r'name="which" value="(\d+)"', text)
    assert which
    workbench.at("urban").post("/messages/read", data={"which": which[1]})
    assert 'aria-label="1条未读"' in client.get("/").text
    client.post("/messages/read", data={"which": which[1]})

    assert "条未读" not in client.get("/").text


def test_signs_in_an_address_do_no_harm(workbench: Workbench) -> None:
    desk = workbench.at("desk")

    for query in ("after=%00", "after=nX", "after=2026-13-45_1", "after=n99999999999999999999"):
        assert desk.get(f"/clues?{query}").status_code in {200, 400, 422}, query


def test_time_left_is_told_in_words(workbench: Workbench) -> None:
    _register(workbench, "甲")
    due = workbench.story.running("triage").due_at
    workbench.clock.now = due - timedelta(hours=5, minutes=2)

    assert "还剩5小时" in workbench.at("desk").get("/").text


def test_open_clues_are_sorted_and_taken_along_as_listed(workbench: Workbench) -> None:
    first = _register(workbench, "先登记的")
    second = _register(workbench, "后登记的", hours=30)
    desk = workbench.at("desk")

    assert _numbers(desk.get("/clues?sort=newest").text) == [second, first]
    assert _numbers(desk.get("/clues?sort=oldest").text) == [first, second]
    assert _numbers(desk.get("/clues?sort=newest&light=red").text) == []
    with reading(workbench.office.engine) as session:
        viewer = Viewer(workbench.office, actor("desk"), workbench.clock())
        page = read_page(session, viewer, Wanted(sort="newest"), 1)
        rest = read_page(session, viewer, Wanted(sort="newest", after=page.older), 1)
    assert [one.clue.no for one in (*page.lines, *rest.lines)] == [second, first]
    for path in ("/clues.xlsx?sort=newest", "/undertakings.xlsx?kind=draw"):
        assert workbench.at("handler").get(path).content.startswith(b"PK"), path
    assert workbench.at("police").get("/referrals.xlsx?waiting=true").content.startswith(b"PK")


def test_what_nobody_can_do_to_a_line_is_not_offered_for_many(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch")
    handler = workbench.at("handler")

    assert "批量签收" in handler.get("/clues").text
    workbench.walk("accept")
    assert "批量签收" not in workbench.at("handler").get("/clues").text


def test_what_a_list_is_narrowed_to_is_chosen_in_its_bar(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch")

    asked = {"light": "red", "sort": "newest", "department": "shili-market"}
    shown = workbench.at("handler").get("/clues", params=asked).text

    assert '<option value="red" selected>已逾期</option>' in shown
    assert '<option value="newest" selected>' in shown
    assert '<option value="shili-market" selected>' in shown
    assert shown.count(" selected>") == 3
