"""Evidence in the browser: added from a phone or a desk, looked at, recognised, and kept inside."""

import re
from base64 import b64decode
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlmodel import Session

from documents.output.table_files import Column, Sheet, as_xlsx
from domain.tables.process import Clue
from flows.audit.replay import last_dossier, replay
from flows.door.attachments import Upload, add_attachment, list_attachments
from flows.site.store import reading, transaction
from tests.helpers.health_story import HealthStory
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, CONCLUDED, Story
from tests.web.conftest import Workbench

PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64
PDF = b"%PDF-1.7 report"
FAX = b64decode(
    "SUkqAEwAAAAmoM+EsILQWWkCXoLwl4QXoLwl6C8JeEF6C8JeEF6C8JegvCXeQzR8JaCwlhBaCwlhBaCwloLCWEFoLCWgsJYQ"
    "VwAQAQkAAAEDAAEAAABAAAAAAQEDAAEAAAAoAAAAAgEDAAEAAAABAAAAAwEDAAEAAAAEAAAABgEDAAEAAAABAAAAEQEEAAEA"
    "AAAIAAAAFgEDAAEAAAAoAAAAFwEEAAEAAABEAAAAHAEDAAEAAAABAAAABAEAAAAASUkqAEQAAAAmoHhv/LSf//4XggvBAvBA"
    "vBAvBAvBAvBAvBAvBAvBAu8hlRggWCBYIFggWCBYIFggWCBQ4X//wAQAQAAJAAABAwABAAAAQAAAAAEBAwABAAAAKAAAAAIB"
    "AwABAAAAAQAAAAMBAwABAAAABAAAAAYBAwABAAAAAQAAABEBBAABAAAAyAAAABYBAwABAAAAKAAAABcBBAABAAAAOwAAABwB"
    "AwABAAAAAQAAAAAAAAAAAAAAAAAAAAAA"
)
"""Two pages of 64 by 40 dots as a fax machine writes them (TIFF, CCITT group 4)."""


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


def test_evidence_of_an_opinion_stands_under_the_opinion_and_in_its_event(
    workbench: Workbench,
) -> None:
    story = workbench.story
    story.walk("register", "dispatch", "accept")
    story.does("verify", cooperating=["shili-health"], scope="核查进货渠道")
    number = workbench.walk()
    [part] = story.processes("part")
    health, path = workbench.at("health"), f"/clues/{number}/evidence"
    form = health.get(f"/clues/{number}/do/part/submit/{part.id}").text
    assert f'href="{path}?tied={part.id}"' in form
    assert f'value="{part.id}" selected' in health.get(f"{path}?tied={part.id}").text

    for chair, name in (("health", "卫健照片.png"), ("handler", "市监照片.png")):
        answer = workbench.at(chair).post(
            path,
            data={"kind": "documentary", "tied": str(part.id)},
            files=[("file", (name, PICTURE + name.encode()))],
        )
        assert ("这一份本部门的核查意见" in answer.text) == (chair == "handler"), chair

    page = workbench.at("handler").get(f"/clues/{number}").text
    opinions = page.partition('id="joint"')[2].partition("</table>")[0]
    assert "卫健照片" in opinions and "市监照片" not in page
    assert "属于示例市卫生健康委员会的核查意见" in workbench.at("handler").get(path).text
    with transaction(workbench.office.engine) as session:
        assert not list(replay(session, workbench.office, 1, last_dossier(session)))
        session.execute(text("UPDATE attachment SET process_id = NULL"))
    with reading(workbench.office.engine) as session:
        [told] = replay(session, workbench.office, 1, last_dossier(session))
    assert told == (number, "第1号附件与办理记录不符")


def test_a_conclusion_begins_with_the_names_of_the_evidence_that_was_uploaded(
    workbench: Workbench,
) -> None:
    number = workbench.walk("register", "dispatch", "accept", "verify")
    _add(workbench, number, ("现场照片.png", PICTURE), ("进货单.pdf", PDF))

    form = workbench.at("handler").get(f"/clues/{number}/do/clue/conclude").text

    begun = form.partition('id="f-evidence"')[2].partition("</textarea>")[0]
    assert begun.endswith(">现场照片、进货单")
    workbench.walk("conclude")
    refer = workbench.at("handler").get(f"/clues/{number}/do/clue/refer").text
    materials = refer.partition("移送材料清单")[2].partition("</table>")[0]
    filled = re.findall(r'<input[^>]* value="([^"]*)"', materials)
    assert [one for one in filled if one] == ["现场照片", "1", "1", "进货单", "1"]


def test_evidence_of_listed_goods_stands_beside_them_on_the_referral(workbench: Workbench) -> None:
    story = workbench.story
    story.walk(*CONCLUDED, "refer", "referral.review", "referral.approve", "referral.deliver")
    number = workbench.walk()
    [referral] = story.processes("referral")
    goods = str(referral.facts["goods"][0]["名称"])

    workbench.at("handler").post(
        f"/clues/{number}/evidence",
        data={"kind": "physical", "title": "外包装照片", "tied": f"{referral.id}/{goods}"},
        files=[("file", ("外包装.png", PICTURE))],
    )

    for chair in ("handler", "police"):
        page = workbench.at(chair).get(f"/referrals/{referral.id}").text
        listed = page.partition("涉案物品（")[2].partition("</table>")[0]
        assert "外包装照片" in listed, chair
    catalogue = workbench.at("handler").get(f"/clues/{number}/evidence").text
    assert f"属于涉嫌犯罪案件移送物品「{goods}」" in catalogue


def test_a_scan_in_tiff_is_counted_and_opened_in_the_browser(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept")
    _add(workbench, number, ("传真.tif", FAX), ("坏的.tiff", b"II*\0" + b"\1" * 40))
    handler = workbench.at("handler")

    page = handler.get(f"/clues/{number}/evidence").text
    opened, broken = (handler.get(f"/clues/{number}/evidence/{one}/pdf") for one in (1, 2))

    assert "2页" in page and "打开图片" in page
    assert opened.headers["content-type"] == "application/pdf"
    pages = PdfReader(BytesIO(opened.content)).pages
    shown = [one["/Resources"]["/XObject"]["/P3"] for one in pages[:1]]
    assert len(pages) == 2
    assert [(one["/Width"], one["/Height"], one["/Filter"]) for one in shown] == [
        (64, 40, "/CCITTFaxDecode")
    ]
    assert broken.status_code == 422 and "无法显示这份 TIFF 图片" in broken.text


def test_sound_is_played_in_the_page_from_any_place_and_ofd_says_to_take_it(
    workbench: Workbench,
) -> None:
    number = workbench.walk("register", "dispatch", "accept")
    sound = b"RIFF" + (36).to_bytes(4, "little") + b"WAVEfmt " + b"\0" * 28
    _add(workbench, number, ("通话.wav", sound), ("书证.pdf", PDF))
    handler, path = workbench.at("handler"), f"/clues/{number}/evidence"

    page = handler.get(path)
    whole = handler.get(f"{path}/1/media")
    some = handler.get(f"{path}/1/media", headers={"Range": "bytes=4-11"})
    last = handler.get(f"{path}/1/media", headers={"Range": "bytes=-4"})
    amiss = handler.get(f"{path}/1/media", headers={"Range": "bytes=900-"})

    assert (
        f'<audio class="evidence-player" controls preload="none" src="{path}/1/media"' in page.text
    )
    assert "media-src 'self'" in page.headers["content-security-policy"]
    assert (whole.content, whole.headers["content-type"]) == (sound, "audio/wav")
    assert (some.status_code, some.content) == (206, sound[4:12])
    assert some.headers["content-range"] == f"bytes 4-11/{len(sound)}"
    assert last.content == sound[-4:]
    assert (amiss.status_code, amiss.content) == (200, sound)
    assert handler.get(f"{path}/2/media").headers["location"].endswith("/file")
    assert workbench.at("urban").get(f"{path}/1/media").status_code == 404


def test_evidence_that_is_asked_for_is_picked_from_what_ones_department_obtained(
    workbench: Workbench,
) -> None:
    """Nobody has to know the number of what he gives (优化营商环境条例第五十七条)."""
    office, theirs = workbench.office, HealthStory(workbench.office, workbench.clock.now)
    theirs.walk(*ACCEPTED)
    upload = Upload("r.pdf", b"%PDF-1.7\n%%EOF", "检验报告", "appraisal")
    lent = add_attachment(office, theirs.clue or 0, upload, actor("health"), theirs.now)
    story = Story(office, theirs.now)
    story.walk(*ACCEPTED)
    story.does(
        "request.ask",
        to_department="shili-health",
        request_kind="evidence",
        request_text="请提供检验报告",
    )
    workbench.clock.now = story.now + timedelta(minutes=1)
    [asked] = story.processes("request")
    address = f"/clues/{_number(workbench, story)}/do/request/answer/{asked.id}"

    form = workbench.at("health").get(address).text
    assert f'name="f.evidence_ids" value="{lent.id}"> 检验报告（第{lent.id}号' in form
    assert "yisong attachment" not in form
    told = {"f.answer": "见附件", "f.evidence_ids": [str(lent.id)]}
    assert workbench.at("health").post(address, data=told).status_code == 303

    with Session(office.engine) as session:
        [given] = list_attachments(session, story.clue or 0)
    assert given.attachment.source_id == lent.id


def _number(workbench: Workbench, story: Story) -> str:
    with Session(workbench.office.engine) as session:
        return session.get_one(Clue, story.clue).no
