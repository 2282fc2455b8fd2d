"""Nobody is left alone with a page: a threshold met, a conflict, a search that missed."""

import re

from sqlmodel import Session, col, select

from domain.tables.people import User
from domain.tables.process import Clue
from domain.tables.work import InboxMessage
from flows.site.store import reading, transaction
from tests.helpers.story import IN_CASE
from tests.web.conftest import Workbench

OVER = {"quantities": {"sales_amount": "62000"}, "screened": ["fake_goods"]}


def _over_the_threshold(workbench: Workbench) -> str:
    workbench.story.walk(*IN_CASE)
    workbench.story.does("case.record_facts", **OVER)
    return workbench.walk()


def test_a_threshold_met_stands_before_the_handler_with_the_one_step_that_is_due(
    workbench: Workbench,
) -> None:
    number = _over_the_threshold(workbench)
    handler = workbench.at("handler")

    for path in ("/", f"/clues/{number}"):
        text = handler.get(path).text
        assert "已达涉嫌犯罪标准" in text, path
        assert f'href="/clues/{number}/do/clue/refer"' in text, path
    assert handler.get(f"/clues/{number}/do/clue/refer").status_code == 200


def test_the_row_of_a_threshold_met_leads_to_the_referral_and_not_along_the_fine(
    workbench: Workbench,
) -> None:
    number = _over_the_threshold(workbench)

    rows = workbench.at("handler").get("/").text.partition('class="next-step"')[2]

    assert f"/clues/{number}/do/clue/refer" in rows and "/do/case/report/" not in rows


def test_the_referral_begins_with_the_offences_that_the_figures_meet(workbench: Workbench) -> None:
    workbench.story.walk(*IN_CASE)
    figures = OVER["quantities"]
    workbench.story.does("case.record_facts", quantities=figures, screened=[], matter="trademark")
    number = workbench.walk()

    form = workbench.at("handler").get(f"/clues/{number}/do/clue/refer").text

    chosen = re.findall(r'<input[^>]*name="f.offences"[^>]*value="(\w+)"[^>]*checked', form)
    assert chosen == ["fake_goods"], "what only hints is left to the person"


def test_the_head_is_told_whose_step_it_is(workbench: Workbench) -> None:
    number = _over_the_threshold(workbench)
    name_handler(workbench, "handler")

    text = workbench.at("head").get("/").text

    assert number in text
    assert "由承办人张经办办理「提出涉罪移送」" in text
    assert "由承办人张经办" in workbench.at("colleague").get("/").text


def test_the_warning_goes_when_the_referral_was_proposed(workbench: Workbench) -> None:
    _over_the_threshold(workbench)
    workbench.story.does("refer")
    workbench.walk()

    assert "须提出移送" not in workbench.at("handler").get("/").text


def test_another_organ_is_not_told_of_a_threshold(workbench: Workbench) -> None:
    _over_the_threshold(workbench)

    for chair in ("desk", "health", "urban", "police"):
        assert "涉嫌犯罪标准" not in workbench.at(chair).get("/").text, chair


def test_what_was_written_is_still_there_when_a_colleague_was_faster(
    workbench: Workbench,
) -> None:
    story = workbench.story
    story.walk("register", "dispatch", "accept")
    story.does("verify", cooperating=["shili-health"], scope="核查进货渠道")
    number = workbench.walk()
    part = story.processes("part")[-1]
    path = f"/clues/{number}/do/part/submit/{part.id}"
    story.does("part.submit", by="health_second")
    workbench.walk()
    slower = workbench.at("health")
    words = "现场查见三批无标签奶粉，" * 20

    answer = slower.post(path, data={"version": str(part.version), "f.findings": words})

    assert answer.status_code == 409
    assert words in answer.text
    assert "您填写的内容（没有提交）" in answer.text
    assert "冯卫健已办理「提交核查意见」" in answer.text


def test_the_number_leads_straight_to_an_ended_clue(workbench: Workbench) -> None:
    number = workbench.walk("register", "redirect")
    desk = workbench.at("desk")

    for typed in (number, number.lower(), f" {number} ", _wide(number)):
        answer = desk.get("/clues", params={"q": typed})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/clues/{number}"), typed


def test_words_of_an_ended_clue_are_found_from_the_box_above(workbench: Workbench) -> None:
    number = workbench.walk("register", "redirect")
    title = workbench.story.row().title
    desk = workbench.at("desk")

    answer = desk.get("/clues", params={"q": title})

    assert answer.status_code == 303
    assert number in desk.get(answer.headers["location"]).text


def test_a_list_that_has_some_says_that_the_other_has_more(workbench: Workbench) -> None:
    workbench.walk("register", "redirect")
    title = workbench.story.row().title
    workbench.story.clue = None
    open_one = workbench.walk("register")

    text = workbench.at("desk").get("/clues", params={"q": title}).text

    assert open_one in text
    assert "已结束的线索" in text


def test_a_stranger_learns_nothing_from_a_number(workbench: Workbench) -> None:
    number = workbench.walk("register", "redirect")

    answer = workbench.at("urban").get("/clues", params={"q": number})

    assert answer.status_code == 200
    assert f"/clues/{number}" not in answer.text


def name_handler(workbench: Workbench, user: str) -> None:
    """The clue is this person's."""
    with transaction(workbench.office.engine) as session:
        _name(session, workbench.story.clue or 0, user)


def _name(session: Session, clue: int, user: str) -> None:
    row = session.get_one(Clue, clue)
    row.facts, row.handler_id = {**row.facts, "handler_user": user}, user
    session.add(row)


def _wide(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) for one in text)


def test_reading_is_ones_own_and_takes_no_message_from_a_colleague(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")
    handler, colleague = workbench.at("handler"), workbench.at("colleague")
    with reading(workbench.office.engine) as session:
        told = select(InboxMessage.id).where(InboxMessage.department_id == "shili-market")
        ids = [str(one) for one in session.exec(told.order_by(col(InboxMessage.id)))]

    handler.post("/messages/read", data={"which": ids, "only": ""})

    assert "未读</span>" not in handler.get("/messages").text
    assert "未读</span>" in colleague.get("/messages").text
    assert number in colleague.get("/messages?only=unread").text
    assert number not in handler.get("/messages?only=unread").text


def test_who_acknowledges_is_told_by_name_and_reading_alone_acknowledges_nothing(
    workbench: Workbench,
) -> None:
    workbench.walk("register", "dispatch")
    handler, colleague = workbench.at("handler"), workbench.at("colleague")
    with reading(workbench.office.engine) as session:
        told = select(InboxMessage.id).where(
            InboxMessage.department_id == "shili-market", InboxMessage.role == "handler"
        )
        key = str(session.exec(told).first())

    handler.post("/messages/read", data={"which": key})
    before = colleague.get("/messages").text
    handler.post("/messages/read", data={"which": key, "received": "yes"})
    after = colleague.get("/messages").text

    assert "已收到：" not in before
    assert "已收到：张经办" in after
    assert "未读</span>" in after


def test_who_keeps_the_machinery_neither_reads_nor_acknowledges_what_the_desk_is_told_of_a_clue(
    workbench: Workbench,
) -> None:
    with transaction(workbench.office.engine) as session:
        session.get_one(User, "administrator").department_id = "shili-hotline"
    number = workbench.walk("register", "dispatch", "return")
    with reading(workbench.office.engine) as session:
        told = select(InboxMessage.id).where(col(InboxMessage.role).is_(None))
        key = session.exec(told).one()
    administrator, desk = workbench.at("administrator"), workbench.at("desk")

    shown = administrator.get("/messages").text
    administrator.post("/messages/read", data={"which": key, "received": "yes"})

    assert number not in shown and "没有消息" in shown
    assert number in desk.get("/messages").text
    with reading(workbench.office.engine) as session:
        assert session.get_one(InboxMessage, key).acknowledged_at is None


def test_suspected_duplicates_are_one_click_from_any_list(workbench: Workbench) -> None:
    first = workbench.walk("register")
    workbench.story.clue = None
    workbench.walk("register")
    workbench.story.clue = None
    workbench.story.does(
        "register",
        title="夜间施工噪声",
        content="工地夜里打桩",
        place="别处路一号",
        subject_name="示例市某某建筑公司",
        subject_code=None,
    )
    other = workbench.walk()
    desk = workbench.at("desk")

    text = desk.get("/clues", params={"state": "registered", "alike": "yes"}).text

    assert f"/clues/{first}" in text
    assert f"/clues/{other}" not in text
    assert f"/clues/{other}" in desk.get("/clues").text
