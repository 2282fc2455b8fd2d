"""Who is the same party: a number decides where there are two, a name only asks (行政处罚法29)."""

import pytest

from domain.duplicates.parties import same_party
from tests.helpers.rosters import code_of
from tests.helpers.story import CONCLUDED, Story

FIRST, SECOND = "110101199001010015", "11010119850307003X"
SAME_ACT = dict.fromkeys(("act_apart", "apart_act", "apart_time", "apart_place"))
ENDED = "2026-05-01"
FINED = {"offence_ended_on": ENDED, "fine": "100", "offender": "individual", "capacity": "full"}


def _on_spot(office_of: Story, name: str, code: str | None) -> Story:
    other = Story(office_of.office, now=office_of.now)
    party = {"subject_name": name, "subject_code": code}
    other.does("register", outside_no=None, title=f"反映{name}", **party)
    other.walk("dispatch", "accept", "verify")
    return other


def test_namesakes_with_two_numbers_are_two_and_one_number_is_one(story: Story) -> None:
    """处罚法29: one party is not fined twice for one act; its namesake is another party."""
    story.does("register", subject_name="王小明", subject_code=FIRST)
    story.walk("dispatch", "accept", "verify")
    story.does("penalise_on_spot", **FINED)
    no = story.row().no

    namesake = _on_spot(story, "王小明", SECOND)
    namesake.does("penalise_on_spot", **FINED, **SAME_ACT)
    assert namesake.state("spot_penalty") == story.state("spot_penalty")

    renamed = _on_spot(story, "小明餐饮店", FIRST.lower())
    refusal = renamed.refused("penalise_on_spot", **FINED, **SAME_ACT)
    assert no in refusal and namesake.row().no not in refusal and "第二十九条" in refusal

    nameless = _on_spot(story, "王小明", None)
    refusal = nameless.refused("penalise_on_spot", **FINED, **SAME_ACT)
    assert "仅名称相同，请核对证件号码" in refusal and no in refusal
    nameless.does("penalise_on_spot", **FINED)


def test_a_number_says_who_a_party_is_and_a_trader_has_two() -> None:
    """A company renamed is one; a sole trader's code and his identity number do not differ."""
    company, trader = code_of(1), code_of(1, "92")
    assert same_party(("甲", company), ("乙", company)) is True
    assert same_party(("甲", company), ("甲", code_of(2))) is False
    assert same_party(("甲", FIRST), ("甲", trader)) is None
    assert same_party(("甲", ""), ("甲", company)) is None
    assert same_party(("甲", "无"), ("乙", "无")) is False


def _fined_before(story: Story, **party: object) -> str:
    story.does("register", subject_name="王小明", subject_code=FIRST)
    story.walk("dispatch", "accept", "verify")
    story.does("penalise_on_spot", **FINED, **party)
    return story.row().no


def _nobody_known(story: Story) -> Story:
    """A second clue, registered before anybody knew about whom it is."""
    other = Story(story.office, now=story.now)
    nobody = {"subject_name": None, "subject_code": None, "category": None}
    other.does("register", outside_no=None, title="反映街边摊点", **nobody)
    other.walk("dispatch", "accept", "verify")
    return other


def test_a_party_first_entered_in_the_penalty_is_compared_in_it(story: Story) -> None:
    """处罚法29: who learns on the spot whom he fines learns there what that party was fined."""
    no = _fined_before(story)
    other = _nobody_known(story)
    party = {"subject_name": "小明餐饮店", "subject_code": FIRST}

    refusal = other.refused("penalise_on_spot", **FINED, **party, **SAME_ACT)

    assert no in refusal and "可能是同一违法行为" in refusal and "第二十九条" in refusal
    assert "不得再次罚款" in other.refused(
        "penalise_on_spot", **FINED, **party, **{**SAME_ACT, "act_apart": "same"}
    )
    told = other.does("penalise_on_spot", **FINED, **party)
    assert other.row().facts["fined_again"] == [no] and told.state == "on_spot"


def test_a_number_entered_without_a_name_is_kept_and_compared(story: Story) -> None:
    """The number alone finds the party, and stays with the clue for the steps after."""
    no = _fined_before(story)
    other = Story(story.office, now=story.now)
    other.does("register", outside_no=None, subject_name="王晓明", subject_code=None)
    other.walk("dispatch", "accept", "verify")

    form = {**FINED, "subject_name": None, "subject_code": FIRST}
    assert no in other.refused("penalise_on_spot", **form, **SAME_ACT)
    other.does("penalise_on_spot", **form)

    assert other.row().subject_code == FIRST and other.row().subject_name == "王晓明"


def test_another_name_leaves_the_record_of_whoever_was_taken_for_the_party(story: Story) -> None:
    """The number of the wrong party does not follow the right one."""
    _fined_before(story)
    other = Story(story.office, now=story.now)
    other.does("register", outside_no=None, subject_name="王小明", subject_code=FIRST)
    other.walk("dispatch", "accept", "verify")

    party = {"subject_name": "李大力", "subject_code": SECOND}
    other.does("penalise_on_spot", **FINED, **party, **SAME_ACT)

    assert other.row().subject_code == SECOND
    assert not other.row().facts.get("fined_again")


@pytest.mark.parametrize(
    "both", ["甲食品有限公司、乙食品有限公司", "王小明，李小红", "王小明等三人"]
)
def test_a_case_has_one_party_and_another_one_its_own(story: Story, both: str) -> None:
    """处罚法第五十九条: each is told, heard, served and pays for itself."""
    story.does("register", subject_name=both)
    story.walk("dispatch", "accept", "verify")
    on_spot = story.refused("penalise_on_spot")
    story.does("conclude")
    told = story.refused("file_case")
    story.does("file_case", subject_name="甲食品（示例、分店）有限公司")
    story.does("case.assign_officers")

    assert all("写有几个当事人" in one and "另行登记线索" in one for one in (on_spot, told))
    for action in ("case.record_facts", "case.name_party"):
        assert "请只写一个" in story.refused(action, subject_name=both)


@pytest.mark.parametrize(
    "nobody",
    [
        *("该店老板", "王小明的父亲", "某餐馆负责人"),
        *("某烧烤店", "张某", "李某强", "张**", "李＊强", "无名氏", "一家烧烤店"),
    ],
)
def test_a_trade_a_relative_or_half_a_name_is_no_name(story: Story, nobody: str) -> None:
    """处罚法第五十九条: the decision names the party."""
    story.walk(*CONCLUDED)

    assert "当事人不明" in story.refused("file_case", subject_name=nobody)
    story.does("file_case", subject_name="示例市小老板餐饮店")
