"""What is doubtful in a legal basis: each doubt is told beside the form, none of them refuses."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from domain.lookup.article_search import sought
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
        ("《陕西省食品小作坊条例》第九条", "按名称是陕西省的规定，请核对是否在本地施行"),
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


@pytest.mark.parametrize("title", ["山东省食品安全条例", "示例市食品摊贩条例", "城市管理办法"])
def test_a_law_of_the_organs_own_place_is_not_held_to_be_anothers(
    rules: Rulebook, title: str
) -> None:
    assert "按名称是" not in _told(rules, penalty_ground=f"《{title}》第九条")


def test_an_order_rests_on_the_law_that_was_broken_or_on_the_general_one(rules: Rulebook) -> None:
    labels = {"order_ground": "责令依据"}

    def told(ground: str) -> str:
        breach = "《中华人民共和国食品安全法》第三十四条"
        case = _case(rules, correct_breach=breach, order_ground=ground)
        return "；".join(doubts(case, rules, labels))

    assert "责令改正引用《药品管理法》，不是同一部法律" in told("《药品管理法》第一百二十六条")
    assert "不是同一部法律" not in told("《中华人民共和国行政处罚法》第二十八条第一款")
    assert "不是同一部法律" not in told(EXPIRED)


LABEL = {"penalty_ground": "处罚依据"}


def _sought(rules: Rulebook, typed: str) -> list[str]:
    return [one.text for one in sought(_case(rules, penalty_ground=typed), rules, LABEL)]


def test_words_typed_find_articles_in_force_here_by_title_number_or_contents(
    rules: Rulebook,
) -> None:
    assert "《中华人民共和国行政处罚法》第三十三条第一款" in _sought(rules, "处罚法 三十三")
    assert "《中华人民共和国药品管理法》第一百二十六条" in _sought(rules, f"{EXPIRED}、药品 规范")
    environment = _sought(rules, "《环境行政处罚办法》")
    assert environment and not any("《环境" in one for one in environment), "it was replaced"
    assert _sought(rules, "济南市12345") == [], "it does not hold here"


def test_what_names_an_article_already_seeks_nothing(rules: Rulebook) -> None:
    assert _sought(rules, EXPIRED) == _sought(rules, "《药品管理法》第一百二十六条") == []
    assert EXPIRED not in _sought(rules, "食品安全法"), "the matter offers it"
