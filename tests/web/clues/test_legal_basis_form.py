"""Beside the form of a penalty: the articles of the matter to be picked, and what is doubtful."""

import re
from html import unescape

from tests.helpers.story import REVIEWED
from tests.web.conftest import Workbench
from tests.web.helpers.plain_html import complaints

HTMX = {"HX-Request": "true"}
ARTICLE = "《中华人民共和国食品安全法》第一百二十四条第一款第（五）项"


def test_an_article_is_picked_by_a_link_and_stands_in_the_form(workbench: Workbench) -> None:
    number = workbench.walk(*REVIEWED)
    head = workbench.at("head")
    shown = head.get(f"/clues/{number}/do/case/notice").text
    assert complaints(shown) == []
    assert f"<strong>处罚依据</strong>：{ARTICLE}" in shown
    link = unescape(re.findall(r'<a href="([^"]+)">填入</a>', shown)[0])

    filled = head.get(link).text

    area = re.search(r'<textarea[^>]*name="f\.penalty_ground"[^>]*>([^<]*)<', filled)
    assert area is not None
    assert area[1].strip() == ARTICLE


def test_words_typed_find_an_article_of_another_law_that_takes_their_place(
    workbench: Workbench,
) -> None:
    number = workbench.walk(*REVIEWED)
    head, form = workbench.at("head"), f"/clues/{number}/do/case/notice"
    sent = {"f.penalty_ground": f"{ARTICLE}、处罚法 三十三"}
    shown = head.post(f"{form}/preview", data=sent, headers=HTMX).text
    found = "《中华人民共和国行政处罚法》第三十三条第一款"
    link = re.search(rf'{found} <a href="([^"]+)">填入</a>', shown)
    assert "按所填字词找到的条文" in shown and link is not None

    filled = head.get(unescape(link[1])).text

    area = re.search(r'<textarea[^>]*name="f\.penalty_ground"[^>]*>([^<]*)<', filled)
    assert area is not None and area[1].strip() == f"{ARTICLE}、{found}"


def test_while_one_types_a_law_of_another_matter_is_told(workbench: Workbench) -> None:
    number = workbench.walk(*REVIEWED)
    sent = {"f.penalty_ground": "《疫苗管理法》第八十条"}

    shown = workbench.at("head").post(
        f"/clues/{number}/do/case/notice/preview", data=sent, headers=HTMX
    )

    assert "《疫苗管理法》不在本监管事项的依据之列" in shown.text
    assert "请核对（不妨碍办理）" in shown.text
