"""Circulars at the workbench: from draft to answer, and hidden from whom they do not concern."""

from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tests.helpers.circulars import NO_ANSWER, CircularStory
from tests.helpers.people import CHAIRS
from tests.web.conftest import Workbench

FORM = {
    "f.title": "关于坚果礼盒问题的情况通报",
    "f.content": "部分礼盒流入学校周边。",
    "f.addressees": ["shili-health", "shili-urban"],
    "f.answer_asked": "1",
    "f.answer_due": "2026-05-20",
}


@pytest.fixture
def circulated(workbench: Workbench) -> CircularStory:
    """A circular of the market bureau that was issued to two departments."""
    story = CircularStory(workbench.office)
    story.does("circular.draft", answer_due="2026-05-20")
    story.does("circular.issue")
    workbench.clock.now = story.now + timedelta(minutes=1)
    return story


def test_a_circular_goes_from_the_menu_to_the_answer_in_browsers(workbench: Workbench) -> None:
    handler, head, health = (workbench.at(one) for one in ("handler", "head", "health"))

    assert 'href="/circulars"' in handler.get("/").text
    assert 'href="/circulars/new"' in handler.get("/circulars").text
    drafted = handler.post("/circulars/new", data=FORM)
    assert drafted.headers["location"].startswith("/undertakings/TB2026000001?done=")
    assert "等待您办理的通报、检查等事项" in head.get("/").text
    asked = head.get("/undertakings/TB2026000001/do/circular/issue")
    assert (
        "签收情况通报"
        in head.post(
            "/undertakings/TB2026000001/do/circular/issue/preview", headers={"hx-request": "1"}
        ).text
    )
    assert "确认签发" in asked.text
    assert (
        "示例市卫生健康委员会"
        in head.post("/undertakings/TB2026000001/do/circular/issue/papers").text
    )
    assert head.post("/undertakings/TB2026000001/do/circular/issue").status_code == 303

    assert (
        "/undertakings/TB2026000001/do/circular_receipt/sign_for_answer/1" in health.get("/").text
    )
    sign = "/undertakings/TB2026000001/do/circular_receipt/sign_for_answer/1"
    assert health.post(sign).status_code == 303
    answer = "/undertakings/TB2026000001/do/circular_receipt/answer/1"
    assert health.post(answer, data={"f.answer": ""}).status_code == 422
    assert health.post(answer, data={"f.answer": "未发现同批次礼盒"}).status_code == 303
    assert "未发现同批次礼盒" in handler.get("/undertakings/TB2026000001").text
    assert "1/2个已办" in handler.get("/circulars?view=sent").text


def test_a_draft_is_amended_and_not_written_anew(workbench: Workbench) -> None:
    handler = workbench.at("handler")
    handler.post("/circulars/new", data=FORM)

    form = handler.get("/undertakings/TB2026000001/do/circular/revise").text

    assert "部分礼盒流入学校周边。" in form
    assert "2026-05-20" in form


def test_a_form_that_does_not_hold_comes_back_with_every_reason(workbench: Workbench) -> None:
    sent = workbench.at("handler").post(
        "/circulars/new",
        data={**FORM, "f.answer_due": "2026-05-01", "f.addressees": "shili-market"},
    )

    assert sent.status_code == 422
    assert "「反馈期限」不能早于今天" in sent.text
    assert "收件部门不能是本部门" in sent.text
    assert "部分礼盒流入学校周边。" in sent.text


@pytest.mark.parametrize("chair", sorted(CHAIRS))
def test_who_sees_a_circular_sees_its_page_its_letter_and_its_line_and_nobody_else(
    workbench: Workbench, circulated: CircularStory, chair: str
) -> None:
    """Sender, addressees, the supervision of the area and auditors."""
    parties = {"shili-market", "shili-health", "shili-urban"}
    _, department, role = CHAIRS[chair]
    sees = department in parties or role in {"supervisor", "auditor"}
    paper = circulated.papers()[0].id
    browser = workbench.at(chair)

    shown = [
        browser.get("/undertakings/TB2026000001").status_code,
        browser.get("/undertakings/TB2026000001/clocks/1").status_code,
        browser.get(f"/documents/{paper}/view").status_code,
        browser.get(f"/documents/{paper}/file").status_code,
    ]
    listed = "TB2026000001" in browser.get("/circulars?view=all").text

    assert listed is sees
    own_clock = department in {"shili-market", "shili-health"} or role in {"supervisor", "auditor"}
    assert shown == ([200, 200 if own_clock else 404, 200, 200] if sees else [404] * 4)


def test_a_draft_is_not_shown_to_whom_it_is_addressed(workbench: Workbench) -> None:
    CircularStory(workbench.office).does("circular.draft")

    assert workbench.at("health").get("/undertakings/TB2026000001").status_code == 404
    assert "TB2026000001" not in workbench.at("health").get("/circulars?view=all").text


def test_an_addressee_sees_his_own_part_and_the_sender_all(
    workbench: Workbench, circulated: CircularStory
) -> None:
    circulated.does("circular_receipt.sign_for_answer")
    circulated.does("circular_receipt.answer", answer="卫健委的反馈")
    workbench.clock.now = circulated.now + timedelta(minutes=1)

    of_urban = workbench.at("urban").get("/undertakings/TB2026000001").text
    of_sender = workbench.at("handler").get("/undertakings/TB2026000001").text

    assert "卫健委的反馈" in of_sender
    assert "卫健委的反馈" not in of_urban
    assert "拟制情况通报 →" not in of_urban
    assert "部分礼盒流入学校周边商店" in of_urban


def test_messages_lead_to_the_circular(workbench: Workbench, circulated: CircularStory) -> None:
    inbox = workbench.at("health").get("/messages").text

    assert 'href="/undertakings/TB2026000001"' in inbox
    assert ">情况通报 TB2026000001</a>" in inbox
    assert "线索TB" not in inbox


def test_a_circular_shows_nowhere_as_a_clue(
    workbench: Workbench, circulated: CircularStory
) -> None:
    """It has an id that a clue might have; no list or figure of clues counts it."""
    number = workbench.walk("register", "dispatch")
    browser = workbench.at("supervisor")

    for path in ("/clues", "/clues?q=坚果", "/clues?view=ended", "/warnings", "/statistics"):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert "TB2026000001" not in answer.text, path
    assert number in browser.get("/clues").text
    assert browser.get("/clues/TB2026000001").status_code == 404
    assert browser.get(f"/undertakings/{number}").status_code == 404


def test_its_number_in_the_search_box_leads_to_it_and_shows_nothing_to_others(
    workbench: Workbench, circulated: CircularStory
) -> None:
    found = workbench.at("health").get("/clues?q=tb2026000001")
    hidden = workbench.at("county").get("/clues?q=TB2026000001")

    assert (found.status_code, found.headers["location"]) == (303, "/undertakings/TB2026000001")
    assert hidden.status_code == 200


def test_an_auditor_follows_an_event_to_the_circular(
    workbench: Workbench, circulated: CircularStory
) -> None:
    listed = workbench.at("auditor").get("/audit/events?clue=TB2026000001").text

    assert 'href="/undertakings/TB2026000001"' in listed
    assert "情况通报" in listed


@pytest.mark.parametrize(("chair", "listed"), [("health", True), ("county", False)])
def test_the_letter_stands_in_the_register_of_documents_for_who_may_read_it(
    workbench: Workbench, circulated: CircularStory, chair: str, listed: bool
) -> None:
    browser = workbench.at(chair)

    for query in ("", "?clue=tb2026000001", "?number=示市监通报〔2026〕1号"):
        page = browser.get(f"/documents{query}").text
        assert ('href="/undertakings/TB2026000001"' in page) is listed, query
    chosen = browser.post("/documents/zip", data={"pick": str(circulated.papers()[0].id)})
    assert (chosen.headers["content-type"] == "application/zip") is listed


def test_the_letter_of_a_circular_is_not_voided_by_itself(
    workbench: Workbench, circulated: CircularStory
) -> None:
    paper = circulated.papers()[0].id
    legal = workbench.at("legal")

    assert legal.get(f"/documents/{paper}/correct").status_code == 404
    refused = legal.post(f"/documents/{paper}/void", data={"reason": "有误"})
    assert refused.status_code == 404
    assert circulated.papers()[0].voided_at is None


def test_what_is_only_to_be_signed_for_asks_nothing_more(workbench: Workbench) -> None:
    story = CircularStory(workbench.office)
    story.does("circular.draft", addressees=["shili-police"], **NO_ANSWER)
    story.does("circular.issue")
    workbench.clock.now = story.now + timedelta(minutes=1)
    police = workbench.at("police")

    assert "签收" in police.get("/").text
    assert police.post("/undertakings/TB2026000001/do/circular_receipt/sign/1").status_code == 303
    assert "已办结" in police.get("/undertakings/TB2026000001").text
    assert "等待您办理的通报、检查等事项" not in police.get("/").text


def test_a_list_tells_an_addressee_nothing_of_the_others(
    workbench: Workbench, circulated: CircularStory
) -> None:
    circulated.does("circular_receipt.sign_for_answer")
    circulated.does("circular_receipt.answer")
    workbench.clock.now = circulated.now + timedelta(days=5)

    received = workbench.at("health").get("/circulars?view=received").text
    sent = workbench.at("handler").get("/circulars?view=sent").text

    assert "1/1个已办" in received
    assert "逾期" not in received
    assert "1/2个已办" in sent
    assert "1个逾期" in sent


def test_the_list_is_taken_away_with_every_department_and_its_answer(
    workbench: Workbench, circulated: CircularStory
) -> None:
    circulated.does("circular_receipt.sign_for_answer")
    circulated.does("circular_receipt.answer", answer="=未发现同批次礼盒")
    workbench.clock.now = circulated.now + timedelta(days=5)

    sent = _rows(workbench.at("handler").get("/circulars.xlsx?view=sent").content)
    received = _rows(workbench.at("health").get("/circulars.xlsx?view=received").content)

    assert [(one["收件部门"], one["情况"], one["逾期"]) for one in sent] == [
        ("示例市卫生健康委员会", "已反馈", ""),
        ("示例市城市管理局", "待签收（须反馈）", "是"),
    ]
    assert sent[0]["反馈内容"] == "=未发现同批次礼盒"
    assert [one["收件部门"] for one in received] == ["示例市卫生健康委员会"]
    assert _rows(workbench.at("county").get("/circulars.xlsx?view=all").content) == []


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
FILE = {"file": ("抽检名单.pdf", PDF, "application/pdf")}


def test_a_file_goes_with_the_draft_and_is_read_by_whom_the_circular_is_sent_to(
    workbench: Workbench,
) -> None:
    story = CircularStory(workbench.office)
    story.does("circular.draft")
    workbench.clock.now = story.now + timedelta(minutes=1)
    handler = workbench.at("handler")
    blank = {"title": " "}
    added = handler.post("/undertakings/TB2026000001/attachments", files=FILE, data=blank)
    again = handler.post("/undertakings/TB2026000001/attachments", files=FILE)
    story.does("circular.issue")
    workbench.clock.now = story.now + timedelta(minutes=1)

    handler, health = workbench.at("handler"), workbench.at("health")
    page = health.get("/undertakings/TB2026000001").text
    file = health.get("/undertakings/TB2026000001/attachments/1")

    assert (added.status_code, again.status_code) == (303, 422)
    assert "同一文件已上传为第1号附件「抽检名单」" in again.text
    assert "抽检名单.pdf" in page
    assert file.content == PDF
    assert "上传附件" in handler.get("/undertakings/TB2026000001").text
    assert "上传附件" not in page
    assert story.chain_holds()


def test_no_file_is_added_by_others_or_after_the_issue(
    workbench: Workbench, circulated: CircularStory
) -> None:
    for chair, said in (
        ("handler", "附件随拟稿上传，情况通报已发出"),
        ("health", "只能由拟稿部门办理，您所在部门不是"),
        ("auditor", "只能由线索经办人、法制人员、机关负责人办理"),
    ):
        sent = workbench.at(chair).post("/undertakings/TB2026000001/attachments", files=FILE)
        assert sent.status_code == 422
        assert said in sent.text

    nothing = workbench.at("handler").post("/undertakings/TB2026000001/attachments", data={})
    assert "请选择要上传的文件" in nothing.text
    assert workbench.at("county").get("/undertakings/TB2026000001/attachments/1").status_code == 404
    assert (
        workbench.at("handler").get("/undertakings/TB2026000001/attachments/9").status_code == 404
    )


def test_a_draft_is_a_row_without_addressees(workbench: Workbench) -> None:
    story = CircularStory(workbench.office)
    story.does("circular.draft")

    [row] = _rows(workbench.at("handler").get("/circulars.xlsx").content)

    assert (row["状态"], row["收件部门"]) == ("拟稿待签发", "")


def _rows(raw: bytes) -> list[dict[str, object]]:
    heading, *rows = CalamineWorkbook.from_filelike(BytesIO(raw)).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]
