"""Who asked for secrecy is named in no paper by the officers either (食品安全法115②)."""

import pytest

from tests.helpers.story import ACCEPTED, CONCLUDED, IN_CASE, Story

ADDRESS = "示例市望海小区9号302"


@pytest.fixture
def secret(story: Story) -> Story:
    """A clue whose reporter asked that nobody be told who he is."""
    story.does("register", confidential=True, reporter_address=ADDRESS)
    return story


@pytest.mark.parametrize(
    "words",
    [
        "刘小民反映的事项属城管职责",
        "来电１３８ ００００ １２３４反映",
        "住望海小区9号302的来电人反映",
    ],
)
def test_a_letter_to_another_department_names_him_in_no_way(secret: Story, words: str) -> None:
    secret.walk(*ACCEPTED[1:])

    told = secret.refused("transfer_on", reason=words)

    assert "「移送理由」写有要求保密的举报人的姓名、电话或者住址" in told
    assert "请改写为“举报人”" in told
    secret.does("transfer_on", reason="举报人反映的事项属城管职责")


@pytest.mark.parametrize(
    ("before", "action", "field"),
    [
        (ACCEPTED, "verify", "scope"),
        ((*ACCEPTED, "verify"), "conclude", "summary"),
        (ACCEPTED[:2], "return", "reason"),
        (CONCLUDED, "refer", "crime_facts"),
        (IN_CASE, "case.record_facts", "facts_found"),
        (CONCLUDED, "tell_reporter", "told_result"),
        (ACCEPTED, "request.ask", "request_text"),
    ],
)
def test_so_does_no_other_paper_of_the_clue(
    secret: Story, before: tuple[str, ...], action: str, field: str
) -> None:
    secret.walk(*before[1:])
    form = secret.command(action).form
    name = field if field in form else next(one for one, value in form.items() if value)

    assert "要求保密的举报人" in secret.refused(action, **{name: "据刘小民所说"})


def test_it_is_told_among_all_other_reasons(secret: Story) -> None:
    secret.walk(*ACCEPTED[1:], "verify")

    told = secret.refused("conclude", summary="据刘小民所说", finding=None)

    assert "要求保密的举报人" in told
    assert "请填写「核查结论」" in told


def test_who_has_no_part_in_the_action_learns_nothing_by_guessing(secret: Story) -> None:
    secret.walk(*ACCEPTED[1:])

    told = secret.refused("verify", by="urban", scope="核实刘小民反映的情况")

    assert "举报人" not in told


def test_a_row_of_a_list_is_read_too(secret: Story) -> None:
    secret.walk(*CONCLUDED[1:])
    rows = [{"名称": "刘小民的举报信", "份数": "1", "页数": "2"}]

    assert "「移送材料清单」" in secret.refused("refer", materials=rows)


def test_a_witness_is_named_in_the_record_of_his_inquiry(secret: Story) -> None:
    """处罚法第五十五条: who is asked signs the record; it is for the officers to keep it apart."""
    secret.walk(*ACCEPTED[1:])

    secret.does("record.inquiry", asked="刘小民", asked_as="witness")


def test_a_party_of_the_same_name_is_named(story: Story) -> None:
    story.does("register", confidential=True, subject_name="刘小民熟食店")
    story.walk(*ACCEPTED[1:])

    story.does("verify", scope="刘小民熟食店有无过期食品")


def test_who_asked_for_no_secrecy_may_be_named(story: Story) -> None:
    story.walk(*ACCEPTED)

    story.does("verify", scope="核实刘小民反映的情况")
