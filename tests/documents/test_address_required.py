"""A seizure names where its party lives, as the law on compulsory measures wants it."""

from tests.helpers.story import IN_CASE, Story


def test_no_seizure_without_an_address(story: Story) -> None:
    story.walk(*IN_CASE)

    told = story.refused("case.seize", subject_address=None)
    assert "《查封（扣押）决定书》缺少「住所」" in told


def test_the_form_of_the_seizure_supplies_the_address(story: Story) -> None:
    story.walk(*IN_CASE)
    story.does("case.seize", subject_address="示例市建设路77号")

    assert "示例市建设路77号" in story.text("seizure_decision")
