"""What is doubtful in a legal basis: each doubt is told beside the form, none of them refuses."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from domain.lookup.legal_basis import doubts, offers, paper_doubts
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import CHINA, Actor, ClueView, ProcessView, Situation

LABELS = {"penalty_ground": "处罚依据", "nature_ground": "定性依据"}
NOW = datetime(2026, 11, 22, 9, tzinfo=CHINA)
EXPIRED = "《中华人民共和国食品安全法》第一百二十四条第一款第（五）项"


def _case(rules: Rulebook, organ: str = "shili-market", **form: Any) -> Situation:
    clue = ClueView(
        id=1, no="XS2026000001", channel="hotline", area="shili", desk="shili-hotline",
        sender=None, matter="food_sales", hops=0, binding=False, subject_name="示例超市",
        subject_key=None, received_at=NOW, registered_at=NOW, title="举报",
    )  # fmt: skip
    return Situation(
        clue=clue,
        process=ProcessView("case", 1, "reviewed", organ),
        processes=(),
        clocks=(),
        documents=frozenset(),
        actor=Actor("head", "王科长", frozenset({"department_head"}), organ),
        now=NOW,
        law=rules,
        region=rules.regions["shandong"],
        form=form,
    )


def _told(rules: Rulebook, **form: Any) -> str:
    return "；".join(doubts(_case(rules, **form), rules, LABELS))


def test_a_matter_offers_its_articles_with_what_they_say(rules: Rulebook) -> None:
    found = offers(_case(rules), rules, ("penalty_ground",))

    assert [one.text for one in found] == [EXPIRED]
    assert not found[0].is_seen


def test_an_order_to_correct_beside_a_penalty_is_offered_the_general_law(rules: Rulebook) -> None:
    """处罚法第二十八条第一款: only the action that rests on it offers it."""
    act = rules.lifecycles["case"].actions["order_correction"].basis
    order = offers(_case(rules), rules, ("order_ground",), act)
    alone = offers(_case(rules), rules, ("order_ground",))

    assert [one.text for one in order if one not in alone] == [
        "《中华人民共和国行政处罚法》第二十八条第一款"
    ]


def test_an_issued_paper_tells_what_is_doubtful_in_its_basis(rules: Rulebook) -> None:
    read = "《中华人民共和国城乡规划法》第六十四条"
    told = paper_doubts(rules, {"责令依据": "《物业管理条例》", "处罚依据": read})

    assert told == ("「责令依据」没有写明第几条",)


@pytest.mark.parametrize(
    ("ground", "doubt"),
    [
        ("《中华人民共和国食品安全法》", "「处罚依据」没有写明第几条"),
        ("《中华人民共和国食品安全法》第九百条", "《中华人民共和国食品安全法》第九百条待法制核对"),
        ("《疫苗管理法》第八十条", "《疫苗管理法》不在本监管事项的依据之列"),
        ("《环境行政处罚办法》第二十二条", "《环境行政处罚办法》今日不是有效的文本"),
        ("《济南市12345市民服务热线条例》第二十四条", "不在本地施行"),
    ],
)
def test_each_doubt_is_told(rules: Rulebook, ground: str, doubt: str) -> None:
    assert doubt in _told(rules, penalty_ground=ground)


def test_what_was_broken_and_what_punishes_are_of_one_law(rules: Rulebook) -> None:
    broken = "违反了《中华人民共和国产品质量法》第三十九条的规定"

    assert "不是同一部法律" in _told(rules, nature_ground=broken, penalty_ground=EXPIRED)
    assert "不是同一部法律" not in _told(
        rules, nature_ground="违反了《食品安全法》第三十四条", penalty_ground=EXPIRED
    )


def test_an_article_that_was_compared_with_the_law_raises_no_doubt(rules: Rulebook) -> None:
    assert _told(rules, penalty_ground="《中华人民共和国行政处罚法》第二十八条第一款") == ""


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"penalty_kinds": ["fine"], "fine": "5000"}, "没收的少43,000元"),
        ({"planned_kinds": ["fine", "illegal_gains"], "planned_confiscated": "40000"}, "少3,000元"),
        ({"penalty_kinds": ["fine", "illegal_gains"], "confiscated": "43000"}, ""),
        ({"reason": "延期"}, ""),
    ],
)
def test_income_that_is_left_to_the_party_is_told(
    rules: Rulebook, form: dict[str, Any], told: str
) -> None:
    """行政处罚法第二十八条第二款: but for what is paid back, income is confiscated."""
    s = _case(rules, **form)
    s = replace(s, process=replace(s.process, facts={"quantities": {"illegal_income": "43000"}}))

    found = "；".join(doubts(s, rules, LABELS))

    assert told in found if told else "没收" not in found
