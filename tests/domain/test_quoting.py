"""What a paper may quote: law that binds the organ here, and no remark of ours."""

from pathlib import Path

import pytest

from domain.rulebook.quotation import binding, quote_articles
from domain.rulebook.rulebook_reading import CONFIG, load_rulebook, read_rulebook

RULES = load_rulebook()
DISPUTE = ("cx-13", "cf-25", "sdyj-5", "wh-16", "wn-2")


def organ(function: str) -> str:
    """Some department of a function."""
    return next(key for key, one in RULES.departments.items() if one.function == function)


@pytest.mark.parametrize(
    ("sides", "region", "expected"),
    [
        (("market", "market"), "shandong", ("cx-13", "cf-25", "sdyj-5")),
        (("market", "urban"), "shandong", ("cf-25", "sdyj-5")),
        (("urban", "housing"), "weihai", ("cf-25", "sdyj-5", "wh-16")),
        (("urban", "housing"), "weinan", ("cf-25", "wn-2")),
    ],
)
def test_only_law_that_binds_both_sides_here_is_cited(
    sides: tuple[str, str], region: str, expected: tuple[str, ...]
) -> None:
    organs = [organ(one) for one in sides]

    assert binding(RULES, DISPUTE, organs, RULES.regions[region]) == expected


def test_a_title_stands_once_and_its_articles_in_their_order() -> None:
    found = quote_articles(RULES, ["jdtl-27", "jdtl-20", "so310-9-1"])

    assert found == (
        "《行政执法监督条例》第二十条、第二十七条、"
        "《行政执法机关移送涉嫌犯罪案件的规定》第九条第一款"
    )


def test_an_unseen_article_is_quoted_by_title_and_a_local_rule_not_at_all() -> None:
    found = quote_articles(RULES, ["sd12-do", "local-supervision"])

    assert found == "《山东省政务服务热线管理办法》"


def test_an_instrument_for_unknown_departments_or_places_is_a_problem(tmp_path: Path) -> None:
    for path in CONFIG.rglob("*.yaml"):
        copy = tmp_path / path.relative_to(CONFIG)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(path.read_text("utf-8"), "utf-8")
    laws = tmp_path / "laws.yaml"
    text = laws.read_text("utf-8")
    laws.write_text(
        text.replace("binds: human", "binds: humans").replace("region: weinan", "region: nowhere"),
        "utf-8",
    )

    _, problems = read_rulebook(tmp_path)

    assert {one.text for one in problems} == {
        "未知的部门职能 humans，是否应为 human？",
        "未知的地区 nowhere",
    }
