"""Where a clue is sent: the words of tests/rules/routing.yaml against the real dictionaries."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.files.work_order import title_of
from domain.routing.competence import competent_departments
from domain.routing.matter_index import RoutingIndex, build_index
from domain.routing.reasons import UNSURE
from domain.routing.routing import Routing, RoutingText, route
from domain.routing.word_index import index_words, plain
from domain.rulebook.rulebook_reading import load_rulebook
from domain.shapes.entries import Region
from tests.helpers.people import users
from tests.helpers.plain_yaml import read_yaml

ROOT = Path(__file__).parents[2]
CASES = read_yaml(ROOT / "tests/rules/routing.yaml")
AREA, DESK = "shili", "shili-hotline"
RULES = load_rulebook()


@cache
def index() -> RoutingIndex:
    return RULES.routing


def sent(title: str, content: str = "", **rest: str) -> Routing:
    return route(RoutingText(title, content, **rest), index(), AREA, DESK)


def route_case(case: dict[str, dict[str, str]]) -> Routing:
    given_ = case["given"]
    return sent(
        given_["title"],
        given_["content"],
        place=given_.get("place", ""),
        named_department=given_.get("named", ""),
    )


def matters_of(case: dict[str, dict[str, object]]) -> list[object]:
    wanted = case["expect"]["matter"]
    return wanted if isinstance(wanted, list) else [wanted]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_citizens_words_lead_to_the_competent_department(case):
    expect = case["expect"]

    found = route_case(case)

    assert found.matter in matters_of(case), found.reason
    if "department" in expect:
        assert found.lead == expect["department"]
    assert set(expect.get("cooperating", ())) <= set(found.cooperating)
    if expect.get("unsure"):
        assert found.confidence < UNSURE
        assert "请人工核对" in found.reason
    if "channel" in expect:
        assert found.other_channel == expect["channel"]


def test_a_sure_proposal_is_right_and_an_unsure_one_says_so():
    """Confidence is honest: what is shown as sure holds in at least nineteen cases of twenty."""
    found = [(route_case(case), matters_of(case)) for case in CASES]

    sure = [one.matter in wanted for one, wanted in found if one.confidence >= UNSURE]
    unsure = [one for one, _ in found if one.matter and one.confidence < UNSURE]

    assert len(sure) >= 60
    assert sum(sure) / len(sure) >= 0.95
    assert all("请人工核对" in one.reason for one in unsure)


def test_what_fits_nothing_goes_to_the_default_desk_with_no_confidence():
    found = sent("写给你们", "今天阳光很好，祝一切顺利。")

    assert (found.topic, found.lead, found.confidence) == (None, DESK, 0.0)
    assert "人工研判" in found.reason
    assert index().departments[DESK].name in found.reason


def test_the_reason_names_words_matter_and_department():
    found = sent("举报私屠滥宰", "村东头屠宰点夜里杀猪。")

    assert "“私屠滥宰”" in found.reason
    assert "畜禽屠宰与肉品检疫监督检查" in found.reason
    assert "示例市畜牧兽医局" in found.reason
    assert found.words[0] == "私屠滥宰"


def test_an_excluding_word_rules_a_matter_out():
    with_word = sent("电梯问题", "老小区加装电梯，电梯年检谁来做。")
    without = sent("电梯问题", "老小区的电梯，电梯年检谁来做。")

    assert with_word.matter is None
    assert without.matter == "special_equipment"


def test_the_title_weighs_more_than_the_body():
    assert sent("油烟扰民", "还有占道经营。").matter == "catering_fumes"
    assert sent("占道经营", "还有油烟扰民。").matter == "street_order"


def test_one_word_says_less_in_a_long_text():
    short = sent("反映问题", "消防通道被占。")
    long = sent("反映问题", "消防通道被占。" + "今天天气很好，大家都出门散步。" * 100)

    assert long.confidence < short.confidence


def test_a_word_shared_by_two_matters_weighs_less_than_an_own_one():
    base = RULES.matters["gas"]
    matters = {
        "a": base.model_copy(
            update={"lead": "gas", "keywords": ("共同词语", "某种词语", "甲的词语")}
        ),
        "b": base.model_copy(update={"lead": "market", "keywords": ("共同词语",)}),
    }
    weights = build_index((matters, {}), index().departments).weights

    assert dict(weights["共同词语"])["a"] < dict(weights["某种词语"])["a"]


def test_a_department_named_as_destination_tips_the_balance():
    text = RoutingText("饭店问题", "油烟扰民，后厨脏。")
    named = replace(text, named_department="请市场监管局处理")

    plain_, tipped = (route(one, index(), AREA, DESK) for one in (text, named))

    assert plain_.lead == "shili-urban"
    assert tipped.lead == "shili-market"


def test_a_named_department_alone_is_only_a_candidate():
    found = sent("反映问题", "请民政局答复。")

    assert found.lead == DESK
    assert "shili-civil" in [one.department for one in found.candidates]


def test_a_county_clue_goes_to_the_county_and_keeps_the_city_as_candidate():
    found = sent("超市卖过期食品", "超过保质期。", place="示例县东关街18号")

    assert found.lead == "shixian-market"
    assert [one.department for one in found.candidates[:2]] == ["shixian-market", "shili-market"]
    assert "先交当地部门" in found.reason


def test_a_function_the_county_lacks_is_fulfilled_by_the_city():
    found = sent("骗取医保", "挂床住院骗取医保基金。", place="示例县")

    assert found.lead == "shili-medical"


def test_a_street_tells_its_county_and_the_reason_names_it():
    sold = sent("超市卖过期食品", "东关街道的超市卖过期食品。")
    lacking = sent("骗取医保", "柳溪镇卫生院挂床住院骗取医保基金。")
    shared = competent_departments(
        {
            **RULES.departments,
            "shili-street": RULES.departments["shixian-government"].model_copy(
                update={"area": "shiqu", "places": ("东关街道", "南门街道")}
            ),
        }
    )

    assert sold.lead == "shixian-market"
    assert "“东关街道”属示例县，先交当地部门" in sold.ground
    assert lacking.lead == "shili-medical"
    assert "“柳溪镇”属示例县，示例县没有承担该职能的部门" in lacking.ground
    assert shared.area_named_in("南门街道和云岭乡", "shili") == ("shili", "")


def test_a_county_of_the_same_name_elsewhere_changes_nothing_at_the_county_itself():
    found = route(RoutingText("超市卖过期食品", "示例县东关"), index(), "shixian", DESK)

    assert found.lead == "shixian-market"


def test_a_close_second_matter_brings_its_department_in():
    found = sent("加油站问题", "成品油质量差，加油站把废水直排河道，暗管排放、刺鼻气味。")

    assert {"shili-commerce", "shili-ecology"} <= {found.lead, *found.cooperating}


def test_the_lead_never_co_operates_with_itself():
    assert all(found.lead not in found.cooperating for found in map(route_case, CASES))


def test_a_hint_at_another_channel_lowers_the_confidence():
    without = sent("拖欠工资", "公司拖欠工资三个月。")
    hinted = sent("拖欠工资", "公司拖欠工资三个月，劳动仲裁已经申请。")

    assert hinted.matter == without.matter == "wage_arrears"
    assert hinted.other_channel == "arbitration"
    assert hinted.confidence < without.confidence


def test_full_width_letters_case_and_blanks_make_no_difference():
    assert sent("举报ｋｔｖ 不 查身份证", "量贩 KTV 接纳 未成年人").matter == "entertainment"


@settings(max_examples=200, deadline=None)
@given(title=st.text(max_size=40), content=st.text(max_size=200))
def test_any_text_finds_a_department_that_exists(title, content):
    found = sent(title, content)

    assert found.lead in index().departments
    assert 0.0 <= found.confidence <= 1.0
    assert (found.topic is None) == (found.confidence == 0.0)
    scores = [one.score for one in found.candidates]
    assert scores == sorted(scores, reverse=True)


@given(
    words=st.sets(st.text("甲乙丙", min_size=2, max_size=4), min_size=1),
    text=st.text("甲乙丙丁", max_size=30),
)
def test_the_word_index_finds_what_a_plain_search_finds(words, text):
    """Each word found is there; each word there is found or lies inside a longer one."""
    found = set(index_words(words).find(text))

    present = {word for word in words if word in text}
    assert found <= present
    assert all(any(word in longer for longer in found) for word in present)


PLAIN_WORDS = (
    "小区电梯老是卡住",
    "锅炉没有年检还在烧",
    "化肥是假的",
    "村里有人在家里做鞭炮",
    "网上买的减肥药吃完心慌，没有国药准字",
    "路口烧烤油烟大",
)


@pytest.mark.parametrize("title", ["市民来电反映问题", "路口烧烤", "请尽快处理"])
@pytest.mark.parametrize("content", PLAIN_WORDS)
def test_a_title_that_says_nothing_costs_no_confidence(title, content):
    untitled, titled = sent(title_of(content), content), sent(title, content)

    assert untitled.matter is not None
    assert titled.matter == untitled.matter
    assert titled.confidence >= untitled.confidence


@given(title=st.text(max_size=40), content=st.sampled_from(PLAIN_WORDS))
def test_no_title_loses_what_the_content_leads_to(title, content):
    assert sent(title, content).topic is not None


def test_a_word_of_one_character_is_refused():
    with pytest.raises(ValueError, match="至少要有2个字"):
        index_words(["油"])


def test_every_function_a_matter_names_has_a_bureau_below_the_province():
    matters = RULES.matters
    named = {f for one in matters.values() for f in (one.lead, *one.cooperating)}
    local = {one.function for one in index().departments.values() if one.level != "province"}

    assert named - local == set()


def test_matters_are_many_and_each_can_be_recognised():
    matters = RULES.matters

    assert len(matters) >= 45
    assert [
        key for key, one in matters.items() if sent("", "。".join(one.keywords)).matter != key
    ] == []
    assert [
        key
        for key, one in matters.items()
        if len(set(map(plain, one.keywords))) < len(one.keywords)
    ] == []
    assert all("《" in law and "》" in law for one in matters.values() for law in one.basis)


def test_department_ids_names_and_document_codes_are_unique_and_superiors_known():
    departments = index().departments

    assert all(key == f"{one.area}-{one.function}" for key, one in departments.items())
    assert len({one.short for one in departments.values()}) == len(departments)
    assert len({one.name for one in departments.values()}) == len(departments)
    assert {one.superior for one in departments.values()} <= {None, *departments}


def test_departments_that_do_not_exist_carry_no_data_of_somebody_else():
    for one in index().departments.values():
        if one.area in {"shili", "shixian"}:
            assert one.phone.startswith("0000-")
            assert not one.email or one.email.endswith(".example.invalid")
        elif one.area == "shandong":
            assert (one.phone, one.email) == ("", "")


def test_regions_differ_where_their_documents_do():
    regions = {
        path.stem: Region.model_validate(read_yaml(path))
        for path in (ROOT / "config/regions").glob("*.yaml")
    }

    assert regions["shandong"].plan_due == "每年3月底前"
    assert regions["weihai"].plan_due == "每年4月底前"
    assert regions["weinan"].plan_due == "每年3月20日前"
    assert regions["weinan"].reply_clock is None
    assert "暂借" in regions["weihai"].note


def test_a_region_without_limits_of_its_own_says_why():
    for path in (ROOT / "config/regions").glob("*.yaml"):
        one = Region.model_validate(read_yaml(path))
        assert (one.reply_clock and one.return_clock) or one.note, path.name


def test_every_role_that_somebody_has_is_one_of_the_house():
    roles = RULES.roles

    assert {role for one in users() for role in one.roles} <= set(roles)
    assert roles["administrator"].sees == "nothing"
    assert roles["handler"].sees == "department"
