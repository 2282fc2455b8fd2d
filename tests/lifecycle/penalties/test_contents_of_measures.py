"""What a decision of seizure says of the measure, the goods and where they are kept."""

import pytest

from tests.helpers.story import IN_CASE, Story

BOILER = {"名称": "蒸汽锅炉", "规格": "LSS1.0", "单位": "台", "数量": "1", "存放地点": "工业路19号"}


def test_a_seizure_names_goods_place_and_the_measure_that_was_chosen(story: Story) -> None:
    """行政强制法第二十四条、第二十五条第三款、第二十八条."""
    story.walk(*IN_CASE)
    vague = story.refused("case.seize", seized_goods=[{"名称": "涉案设备", "数量": "1"}])
    assert "写作「涉案设备」没有说明是什么" in vague
    apart = story.refused("case.seize", seized_goods=[BOILER], keep_place="本局仓库")
    assert "保管地点写「本局仓库」，查封扣押物品的存放地点写「工业路19号」" in apart

    story.does("case.seize", seized_goods=[BOILER], keep_place=None, measure="seal")
    story.does("case.extend_seizure")
    story.does("case.release_seized")

    decision = story.text("seizure_decision")
    assert "\n查封决定书" in decision
    assert "保管地点：工业路19号" in decision
    for text in (decision, story.text("seizure_extension"), story.text("seizure_release")):
        assert "扣押" not in text.replace("查封（扣押）期限", "")
    [paper] = story.papers("seizure_decision")
    assert paper.title == "查封决定书"
    assert f"《查封决定书》（{paper.number}）" in story.text("seizure_release")
    assert "《解除查封决定书》" in story.text("property_list")


@pytest.mark.parametrize("amount", ["", "0", "-3", "若干"])
def test_what_is_seized_is_counted(story: Story, amount: str) -> None:
    """行政强制法第二十四条: the decision and its list tell the number of things."""
    story.walk(*IN_CASE)

    for action in ("case.seize", "measure.seize"):
        told = story.refused(action, seized_goods=[{**BOILER, "数量": amount}])
        assert "「蒸汽锅炉」没有写明数量" in told and "第二十四条" in told
    story.does("case.seize", seized_goods=[{**BOILER, "数量": "12.5"}, {**BOILER, "数量": "三台"}])
