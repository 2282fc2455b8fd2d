"""Finding: one box for everything that one may see, and lists that can be taken away."""

import re
from html import unescape
from io import BytesIO
from urllib.parse import quote

import pytest
from python_calamine import CalamineWorkbook

from tests.helpers.story import REVIEWED
from tests.web.conftest import Workbench

DECIDED = (*REVIEWED, "case.notice", "case.record_statement", "case.decide", "case.serve")

WIDE_NAME = "示例市ＡＢＣ食品（集团）有限公司"
NAME = "示例市abc食品(集团)有限公司"


def test_a_full_width_name_is_found_half_width_and_the_other_way_round(
    workbench: Workbench,
) -> None:
    workbench.story.does("register", subject_name=WIDE_NAME)
    wide = workbench.walk()
    workbench.story.clue = None
    workbench.story.does("register", subject_name=NAME)
    narrow = workbench.walk()
    desk = workbench.at("desk")

    for typed in (WIDE_NAME, NAME, "ABC食品（集团）", "Ａｂｃ 食品"):
        text = desk.get("/find", params={"q": typed}).text
        assert wide in text and narrow in text, typed


def test_one_search_finds_open_and_ended_clues_papers_content_and_people(
    workbench: Workbench,
) -> None:
    ended = workbench.walk("register", "redirect")
    workbench.story.clue = None
    number = workbench.walk("register", "dispatch")
    row = workbench.story.row()
    desk = workbench.at("desk")

    assert desk.get("/find", params={"q": f" {number.lower()} "}).headers["location"] == (
        f"/clues/{number}"
    )
    by_title = desk.get("/find", params={"q": row.title}).text
    assert "在办线索（1条）" in by_title and "已结束的线索（1条）" in by_title
    assert number in by_title and ended in by_title
    assert "《线索转办单》" in desk.get("/find", params={"q": "热线转〔2026〕"}).text
    straight = desk.get("/find", params={"q": "示热线转［２０２６］1 号"})
    assert re.fullmatch(r"/documents/\d+/view", straight.headers["location"])
    assert "张经办" in desk.get("/find", params={"q": "张　经"}).text
    party = desk.get("/find", params={"q": row.subject_name[2:6]}).text
    assert f'<a href="/parties?name={quote(row.subject_name)}">{row.subject_name}</a>' in party
    words = row.content[-9:-1]
    assert "内容中有：在办线索" in desk.get("/find", params={"q": words}).text, (
        "nothing else has it"
    )
    assert number in desk.get("/find", params={"q": words, "inside": "yes"}).text
    assert "没有找到" in workbench.at("urban").get("/find", params={"q": row.title}).text


def test_a_list_shows_its_filters_its_total_and_goes_into_a_table(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")
    desk = workbench.at("desk")
    asked = {"q": "鑫源", "channel": "hotline"}

    text = desk.get("/clues", params=asked).text

    assert "共1条" in text
    assert 'href="/clues?view=open&amp;channel=hotline" aria-label="不再按字词：鑫源筛选"' in text
    assert "/clues.xlsx?view=open&amp;q=%E9%91%AB%E6%BA%90&amp;channel=hotline" in text
    taken = desk.get("/clues.xlsx", params=asked)
    rows = CalamineWorkbook.from_filelike(BytesIO(taken.content)).get_sheet_by_index(0).to_python()
    assert number in {value for row in rows for value in row}
    assert "刘" not in str(rows), "the reporter is not in it"


def test_a_party_page_shows_what_the_reader_may_see(workbench: Workbench) -> None:
    number = workbench.walk(*DECIDED)
    paper = workbench.story.papers("penalty_decision")[-1]
    path = f"/parties?name={workbench.story.row().subject_name}"

    own = workbench.at("colleague").get(path).text
    hotline = workbench.at("desk").get(path).text

    assert number in own and paper.number in own and f"/documents/{paper.id}" in own
    assert number in hotline and f"/documents/{paper.id}" not in hotline
    assert workbench.at("urban").get(path).status_code == 404
    name = workbench.story.row().subject_name
    workbench.story.clue = None
    workbench.story.does("register", subject_name=name, subject_code="110101199003070011")
    namesake = workbench.walk()
    desk = workbench.at("desk")
    assert namesake in desk.get(path).text
    own_part, _, at_the_place = desk.get(f"{path}&code=110101199003070038").text.partition(
        "同一地点的其他当事人"
    )
    assert number in own_part and namesake not in own_part and namesake in at_the_place
    link = re.search(
        r'href="(/parties\?[^"]+)"', workbench.at("handler").get(f"/clues/{number}").text
    )
    assert link and number in workbench.at("handler").get(unescape(link[1])).text


def test_parties_of_very_many_clues_are_told_to_be_counted_of_the_last(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        workbench.walk("register")
    name = workbench.story.row().subject_name
    desk = workbench.at("desk")
    assert f'{name}</a> <span class="quiet">3件线索' in desk.get("/find", params={"q": name}).text
    assert "只统计" not in desk.get("/find", params={"q": name}).text

    monkeypatch.setattr("flows.workbench.findings.LAST", 2)
    many = desk.get("/find", params={"q": name}).text

    assert "以上只统计其中最近的2件" in many and f'{name}</a> <span class="quiet">2件线索' in many


def test_words_that_very_many_clues_bear_are_told_to_be_looked_for_among_the_last(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A street stands in every fifth clue, and in the name of hardly any party."""
    for party in ("示例市凤凰饮食店", "示例市惠民商店", "示例市凤凰药房"):
        workbench.story.clue = None
        workbench.story.does("register", subject_name=party, place="示例市凤凰街道8号")
    desk = workbench.at("desk")
    assert "只在其中最近的" not in desk.get("/find", params={"q": "凤凰"}).text

    monkeypatch.setattr("flows.workbench.findings.LOOKED", 2)
    monkeypatch.setattr("flows.rows.grams.FEW", 1)
    monkeypatch.setattr("flows.rows.grams.SAMPLE", 1)
    many = desk.get("/find", params={"q": "凤凰"}).text
    street = desk.get("/find", params={"q": "凰街"}).text

    assert "当事人只在其中最近的2件里找" in many
    assert "示例市凤凰药房</a>" in many and "示例市凤凰饮食店</a>" not in many
    assert "其中没有名称含有这些字的当事人" in street
