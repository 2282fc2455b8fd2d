"""案卷评查: what the record answers, what is missing and where it is mended, signed and taken."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from cli.main import app
from tests.helpers.filled_forms import filled
from tests.helpers.story import REVIEWED
from tests.web.conftest import Workbench

CLOSED = (
    *(*REVIEWED, "case.notice", "case.record_statement", "case.decide", "case.serve", "case.pay"),
    *("case.record_publication", "case.enforce", "case.close"),
)
NO_RECORD = "案卷没有《现场笔录》、《询问笔录》、《检查（勘验）笔录》"


def test_a_review_begins_with_what_the_record_answers_and_says_what_is_missing(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = workbench.walk(*CLOSED)
    legal = workbench.at("legal")

    assert number in legal.get("/case-reviews", params={"result": "open"}).text
    page = legal.get(f"/clues/{number}/case-review").text
    assert NO_RECORD in page and "待评查人员回答" in page
    assert f"/clues/{number}/do/record/inspection" in page, "where it is mended"
    assert "已登记送达" in page and "第五十五条" in page
    assert "第五十五条〔待法制核对〕" not in page, "it was read in the text"
    form = legal.get(f"/clues/{number}/do/case_review/review").text
    assert NO_RECORD in form, "nobody types what the record says"
    book = ZipFile(BytesIO(legal.get(f"/clues/{number}/case-review.xlsx").content))
    words = "".join(book.read(one).decode() for one in book.namelist() if one.endswith(".xml"))
    assert NO_RECORD in words and "制作检查（勘验）笔录" in words

    story = workbench.story
    told = [dict(one) for one in filled("case_review", "review", story.now)["review_answers"]]
    told[3] |= {"结论": "", "说明": ""}
    refusal = story.refused("case_review.review", by="legal", review_answers=told)
    assert f"「{told[3]['项目']}」的结论请填符合、不符合、不适用之一" in refusal
    told[3] |= {"结论": "符合", "说明": NO_RECORD}
    refusal = story.refused("case_review.review", by="legal", review_answers=told)
    assert "改为符合的请在说明中写明理由" in refusal
    told[3] |= {"结论": "不符合"}
    refusal = story.refused("case_review.review", by="legal", review_answers=told)
    assert "评查结果请选「需要整改」或者「不合格」" in refusal
    story.does("case_review.review", by="legal", review_answers=told, review_result="mend")

    table = story.text("case_review")
    assert "不符合1项" in table and "需要整改" in table and NO_RECORD in table
    assert "评查人：" in table and "第五十九条" in table
    assert number in legal.get("/case-reviews", params={"result": "mend"}).text
    assert number not in legal.get("/case-reviews", params={"result": "passed"}).text
    assert "评查表（Word）" in legal.get(f"/clues/{number}/case-review").text
    monkeypatch.setattr("cli.terminal.context.prepare", lambda engine: None)
    home = str(workbench.office.settings.home)
    said = CliRunner().invoke(app, ["--home", home, "case-review", number, "--as", "legal"])
    assert "缺少、不符合2项" in said.output

    for chair in ("health", "desk"):
        assert number not in workbench.at(chair).get("/case-reviews").text, chair
    assert workbench.at("health").get(f"/clues/{number}/case-review").status_code in {403, 404}


def test_a_file_is_reviewed_when_its_case_was_carried_out(workbench: Workbench) -> None:
    number = workbench.walk(*REVIEWED)

    assert "结案以后再评查" in workbench.story.refused("case_review.review", by="legal")
    assert number not in workbench.at("legal").get("/case-reviews").text
