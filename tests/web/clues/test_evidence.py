"""Evidence in the browser: added from a phone or a desk, looked at, recognised, and kept inside."""

import pytest

from documents.output.table_files import Column, Sheet, as_xlsx
from tests.helpers.story import CONCLUDED
from tests.web.conftest import Workbench

PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64
PDF = b"%PDF-1.7 report"


def _add(
    workbench: Workbench, number: str, *files: tuple[str, bytes], chair: str = "handler"
) -> tuple[int, str]:
    answer = workbench.at(chair).post(
        f"/clues/{number}/evidence",
        data={"kind": "documentary", "title": ""},
        files=[("file", one) for one in files],
    )
    return answer.status_code, answer.text


def test_several_photos_are_added_at_once_and_seen_on_the_page(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept")

    status, text = _add(workbench, number, ("现场一.png", PICTURE), ("现场二.pdf", PDF))

    assert status == 200
    assert "已上传2件" in text
    handler = workbench.at("handler")
    page = handler.get(f"/clues/{number}/evidence").text
    assert "现场一" in page and "张经办" in page
    assert f'src="/clues/{number}/evidence/1/picture"' in page
    picture = handler.get(f"/clues/{number}/evidence/1/picture")
    assert (picture.content, picture.headers["content-type"]) == (PICTURE, "image/png")
    assert "现场二" in handler.get(f"/clues/{number}").text


def test_one_bad_file_keeps_the_good_ones_in_and_says_why(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept")

    status, text = _add(
        workbench, number, ("好.png", PICTURE), ("坏.png", b"<script>alert(1)</script>")
    )

    assert status == 422
    assert "已上传1件：</strong>好.png" in text
    assert "坏.png：没有上传" in text
    assert "文件内容不是PNG 图片" in text


def test_word_and_excel_and_pdf_are_read_on_a_page_and_a_pdf_is_opened(
    workbench: Workbench,
) -> None:
    number = workbench.walk("register", "dispatch", "accept")
    [slip] = workbench.story.papers("dispatch_slip")
    office = workbench.office
    columns = (Column("名称", 10), Column("数量", 10))
    listed = as_xlsx(Sheet("清单", columns, iter([("白酒", 3)])), workbench.clock())
    word = office.shelf.get(slip.sha256)
    _add(workbench, number, ("转办单.docx", word), ("清单.xlsx", listed), ("坏的.pdf", PDF))
    handler = workbench.at("handler")

    told = [handler.get(f"/clues/{number}/evidence/{one}/text").text for one in (1, 2, 3)]
    opened = handler.get(f"/clues/{number}/evidence/3/pdf")
    others = [
        workbench.at("urban").get(f"/clues/{number}/evidence/1/{one}") for one in ("text", "pdf")
    ]

    assert "线索转办单" in told[0] and "白酒　3" in told[1]
    assert "无法读出 PDF 的文字，请下载后查看" in told[2]
    assert opened.headers["content-type"] == "application/pdf"
    assert opened.headers["content-disposition"].startswith("inline")
    assert {one.status_code for one in others} == {404}


@pytest.mark.parametrize(
    ("name", "content"),
    [("页.html", b"<script>alert(1)</script>"), ("程序.exe", b"MZ"), ("空.png", b"")],
)
def test_hostile_files_are_refused(workbench: Workbench, name: str, content: bytes) -> None:
    number = workbench.walk("register", "dispatch", "accept")

    status, text = _add(workbench, number, (name, content))

    assert status == 422
    assert "没有上传" in text


def test_a_text_with_marks_in_it_is_shown_and_not_run(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept")
    _add(workbench, number, ("聊天.txt", "<img src=x onerror=alert(1)>记录".encode()))
    handler = workbench.at("handler")

    assert "&lt;img src=x" in handler.get(f"/clues/{number}/evidence").text
    taken = handler.get(f"/clues/{number}/evidence/1/picture")
    assert taken.headers["location"].endswith("/file")
    file = handler.get(f"/clues/{number}/evidence/1/file")
    assert file.headers["content-disposition"].startswith("attachment")


def test_a_co_verifier_recognises_what_the_lead_found(workbench: Workbench) -> None:
    story = workbench.story
    story.walk("register", "dispatch", "accept")
    story.does("verify", cooperating=["shili-health"], scope="核查进货渠道")
    number = workbench.walk()
    _add(workbench, number, ("票据.png", PICTURE))
    health = workbench.at("health")
    assert "认可本件证据" in health.get(f"/clues/{number}/evidence").text

    answer = health.post(
        f"/clues/{number}/evidence/1/recognise", data={"opinion": "与原件核对一致"}
    )

    assert answer.status_code == 303
    assert "认可：与原件核对一致" in workbench.at("handler").get(f"/clues/{number}/evidence").text


def test_evidence_of_the_file_is_for_the_organ_the_police_and_supervision(
    workbench: Workbench,
) -> None:
    story = workbench.story
    story.walk("register", "dispatch", "accept")
    story.does("verify", cooperating=["shili-health"], scope="核查进货渠道")
    story.does("part.submit")
    story.walk(*CONCLUDED[4:], "refer")
    number = workbench.walk()
    _add(workbench, number, ("审讯.png", PICTURE))
    path = f"/clues/{number}/evidence/1/file"

    for chair in ("health", "desk", "police", "urban"):
        assert workbench.at(chair).get(path).status_code == 404, chair
    story.walk("referral.review", "referral.approve", "referral.deliver")
    workbench.walk()
    for chair in ("handler", "supervisor", "police"):
        assert workbench.at(chair).get(path).status_code == 200, chair
    assert workbench.at("health").get(path).status_code == 404


def test_an_appraisal_that_was_only_told_is_not_shown_as_there(workbench: Workbench) -> None:
    story = workbench.story
    story.walk(*CONCLUDED)
    story.does("refer", appraisal="经检验不合格")
    story.walk("referral.review", "referral.approve")
    number = workbench.walk()
    referral = story.processes("referral")[-1].id
    before = workbench.at("handler").get(f"/referrals/{referral}").text

    workbench.at("handler").post(
        f"/clues/{number}/evidence",
        data={"kind": "appraisal", "title": "检验报告"},
        files=[("file", ("检验报告.pdf", PDF))],
    )

    assert "只有文字说明" in before
    assert "只有文字说明" not in workbench.at("handler").get(f"/referrals/{referral}").text


def test_an_appraisal_that_is_not_needed_lacks_no_file(workbench: Workbench) -> None:
    story = workbench.story
    story.walk(*CONCLUDED)
    story.does("refer", appraisal="无需检验鉴定：当事人对真伪没有异议")
    referral = story.processes("referral")[-1].id

    assert "只有文字说明" not in workbench.at("handler").get(f"/referrals/{referral}").text
