"""The page of a clue that has grown: its stages, its parts, what it shares, whose step it is."""

import re

from tests.helpers.story import IN_CASE
from tests.web.conftest import Workbench


def _stages(text: str) -> list[tuple[str, str]]:
    row = text.partition('<ol class="stages"')[2].partition("</ol>")[0]
    return re.findall(r'class="stage-(\w+)"[^>]*><strong>([^<]+)', row)


def test_the_stages_show_where_the_clue_is_and_which_way_it_went(workbench: Workbench) -> None:
    number = workbench.walk(*IN_CASE)

    text = workbench.at("handler").get(f"/clues/{number}").text

    passed = [("passed", one) for one in ("登记", "转办", "签收", "核查")]
    assert _stages(text) == [*passed, ("here", "处理"), ("coming", "办结"), ("coming", "归档")]
    assert "<span>已立案</span>" in text
    assert 'aria-current="step"' in text


def test_a_redirected_clue_ends_its_row_there(workbench: Workbench) -> None:
    number = workbench.walk("register", "redirect")

    text = workbench.at("desk").get(f"/clues/{number}").text

    assert _stages(text) == [("passed", "登记"), ("here", "已告知其他途径")]


def test_what_the_law_forbids_stands_apart_from_what_is_anothers(workbench: Workbench) -> None:
    number = workbench.walk(*IN_CASE)

    text = workbench.at("handler").get(f"/clues/{number}").text

    forbidden = text.partition("依法现在不能办理的")[2].partition("</details>")[0]
    of_others = text.partition("不归您办理的")[2].partition("</details>")[0]
    assert "机关负责人" in of_others and "<dt>指定办案人员（行政处罚案件）</dt>" in of_others
    assert forbidden and "指定办案人员" not in forbidden


def test_clues_of_the_same_party_are_linked_as_far_as_they_may_be_seen(
    workbench: Workbench,
) -> None:
    first = workbench.walk("register", "dispatch")
    workbench.story.clue = None
    second = workbench.walk("register", "dispatch")

    for chair, seen in (("handler", True), ("desk", True)):
        text = workbench.at(chair).get(f"/clues/{second}").text
        shared = text.partition('id="related"')[2].partition("</section>")[0]
        assert (f'href="/clues/{first}"' in shared) is seen, chair
    assert "同一当事人" in shared


def test_every_part_of_the_page_is_one_link_away_without_scripts(workbench: Workbench) -> None:
    number = workbench.walk(*IN_CASE)

    text = workbench.at("handler").get(f"/clues/{number}").text

    for part in ("overview", "papers", "evidence", "history", "clocks"):
        assert f'href="#{part}"' in text and f'id="{part}"' in text, part
