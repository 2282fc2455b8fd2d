"""The list of materials names every part that has to go to the police."""

from dataclasses import replace

import pytest
from sqlalchemy import func
from sqlmodel import select

from domain.lifecycle.plan import Refused
from domain.tables.record import Event
from flows.door.attachments import Upload, add_attachment
from flows.site.store import reading, transaction
from flows.site.stored_documents import note_pages
from tests.helpers.people import actor
from tests.helpers.scans import pdf_of
from tests.helpers.story import CONCLUDED, Story

PARTS = ["涉嫌犯罪案件情况的调查报告", "涉案物品清单", "检验报告或者鉴定意见"]


def names(rows: object) -> list[str]:
    """The materials of a list in their order."""
    assert isinstance(rows, list)
    return [row["名称"] for row in rows]


def test_the_statutory_parts_come_first_and_the_receipt_counts_them(story: Story) -> None:
    own = [{"名称": "询问笔录", "份数": "4", "页数": "20"}]
    story.walk(*CONCLUDED)
    story.does("refer", materials=own, appraisal="检验报告1份")
    story.does("referral.approve")

    letter = story.papers("crime_transfer")[-1]
    assert names(letter.facts["材料清单"]) == [*PARTS, "询问笔录"]
    assert "共7份" in story.text("crime_transfer")


def test_copies_and_pages_that_the_handler_wrote_hold(story: Story) -> None:
    own = [
        {"名称": "调查报告及附表", "份数": "2", "页数": "9"},
        {"名称": "涉案物品清单", "份数": "1", "页数": "2"},
        {"名称": "鉴定意见", "份数": "1", "页数": "5"},
    ]
    story.walk(*CONCLUDED)
    story.does("refer", materials=own)
    story.does("referral.approve")

    rows = story.papers("materials_list")[-1].facts["材料清单"]
    assert names(rows) == ["调查报告及附表", "涉案物品清单", "鉴定意见"]
    assert "共4份16页" in story.text("crime_transfer")


def test_a_page_figure_that_contradicts_the_file_is_refused_and_never_overwritten(
    story: Story,
) -> None:
    """310号令第六条: a list whose figures are wrong comes back from the police."""
    story.walk(*CONCLUDED)
    clue = story.clue or 0
    report = Upload("report.pdf", pdf_of(5), "检验报告", "appraisal")
    with pytest.raises(Refused, match="页数填写为6页，文件实为5页"):
        wrong = Upload("report.pdf", report.content, "检验报告", "appraisal", pages=6)
        add_attachment(story.office, clue, wrong, actor("handler"), story.now)
    add_attachment(story.office, clue, report, actor("handler"), story.now)

    rows = [
        {"名称": "检验报告", "份数": "1", "页数": "6"},
        {"名称": "调查报告", "份数": "1", "页数": "9"},
    ]
    assert "「检验报告」写6页，实为5页" in story.refused("refer", materials=rows)
    story.does("refer", materials=[{**rows[0], "份数": "2", "页数": "10"}, rows[1]])
    with transaction(story.office.engine) as session:
        note_pages(session, story.papers("crime_investigation_report")[-1].sha256, 3)

    refusal = story.refused("referral.approve")
    assert "「调查报告」写9页，实为3页" in refusal
    assert "请承办人办理「补充移送材料」" in refusal
    story.does(
        "referral.complete_packet", materials=[{**rows[0], "页数": ""}, {"名称": "调查报告"}]
    )
    story.does("referral.approve")
    told = {
        row["名称"]: row.get("页数") for row in story.papers("crime_transfer")[-1].facts["材料清单"]
    }
    assert (told["检验报告"], told["调查报告"]) == (5, 3)


def test_a_scan_with_other_pages_than_the_register_asks_which_holds(story: Story) -> None:
    story.walk(*CONCLUDED)
    story.does("incoming_paper.register", incoming_pages=2)
    with reading(story.office.engine) as session:
        entered = session.exec(select(func.max(Event.seq))).one()
    scan = Upload("reply.pdf", pdf_of(3), "来文", "incoming", scan_of=entered)

    with pytest.raises(Refused, match="收文登记写明2页，扫描件为3页"):
        add_attachment(story.office, story.clue or 0, scan, actor("handler"), story.now)

    settled = replace(scan, pages=3)
    assert add_attachment(story.office, story.clue or 0, settled, actor("handler"), story.now).id


def test_goods_handed_over_in_another_number_than_listed_say_why(story: Story) -> None:
    """310号令第十二条."""
    story.walk(*CONCLUDED)
    listed = {"名称": "婴儿奶粉", "规格": "900克", "单位": "罐", "数量": "36"}
    story.does("refer", goods=[listed])
    story.walk("referral.approve", "referral.deliver", "referral.receipt", "referral.file")
    fewer = {**listed, "数量": "34"}

    refusal = story.refused("referral.hand_over", handed_goods=[fewer])
    assert "「婴儿奶粉」移交34罐，清单为36罐" in refusal
    story.does("referral.hand_over", handed_goods=[{**fewer, "备注": "检验取用2罐"}])
    assert "检验取用2罐" in story.text("goods_handover_list")


def test_a_supplement_is_called_one_and_a_licence_is_no_opinion(story: Story) -> None:
    """公安机关办理刑事案件程序规定第一百八十条第二款."""
    story.walk(*CONCLUDED)
    story.does("refer", materials=[{"名称": "现场笔录", "份数": "1", "页数": "2"}])
    story.walk("referral.approve", "referral.deliver")
    story.does("referral.receipt", complete="incomplete")
    story.does("referral.ask_supplement")
    story.does("referral.supplement", materials=[{"名称": "鉴定机构资质证明", "份数": "1"}])

    assert "移送材料清单（补正）" in story.text("materials_list")
    assert names(story.papers("materials_list")[-1].facts["材料清单"])[:3] == PARTS
    assert "（补正）" not in story.text("crime_transfer")
