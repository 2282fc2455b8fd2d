"""The owner of a right looks at goods: 程序规定30②, and the days that wait: 18②, 64②."""

from flows.site.office import Office
from tests.helpers.health_story import HealthStory
from tests.helpers.story import ACCEPTED, IN_CASE, REVIEWED, Story


def test_the_days_of_a_case_wait_for_the_owner_and_those_of_a_seizure_do_not(
    story: Story,
) -> None:
    """行政强制法25③ leaves out testing only."""
    story.walk(*IN_CASE, "case.seize")
    case, seizure = story.due("cx64"), story.due("cx38")

    story.does("identification.ask")
    story.waits(days=5)
    story.does("identification.record")

    assert story.due("cx64") > case
    assert story.due("cx38") == seizure
    told = story.text("identification_request")
    assert "示例酒业股份有限公司" in told
    assert "《市场监督管理行政处罚程序规定》第三十条第二款" in told


def test_so_do_the_days_of_a_verification(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    before = story.due("cx18")

    story.does("identification.ask")
    assert story.running("cx18").paused
    story.waits(days=7)
    story.does("identification.give_up")

    assert not story.running("cx18").paused
    assert story.due("cx18") > before


def test_an_answer_ends_no_waiting_for_a_test(story: Story) -> None:
    story.walk(*IN_CASE, "case.commission", "identification.ask", "identification.record")
    assert story.running("cx64").paused

    story.does("case.record_result")
    assert not story.running("cx64").paused


def test_two_owners_are_waited_for_until_the_second_answers(story: Story) -> None:
    story.walk(*IN_CASE, "identification.ask", "identification.ask", "identification.record")
    assert story.running("cx64").paused

    story.does("identification.record")
    assert not story.running("cx64").paused


def test_a_case_that_is_reported_is_not_held_up(story: Story) -> None:
    story.walk(*REVIEWED)

    assert "先退回补充调查" in story.refused("identification.ask")


def test_another_organs_days_run_on(office: Office) -> None:
    """处罚法60 has no exclusion of its own, and no rule of another organ was seen."""
    story = HealthStory(office)
    story.walk(*IN_CASE)
    before = story.due("cf60")
    story.does("identification.ask")
    story.waits(days=5)
    story.does("identification.record")

    assert story.due("cf60") == before


def test_an_owner_who_reported_in_secret_may_be_asked(story: Story) -> None:
    story.does("register", confidential=True)
    story.walk(*IN_CASE[1:])

    story.does("identification.ask", owner="刘小民")
