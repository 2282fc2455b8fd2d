"""The list of materials names every part that has to go to the police."""

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
