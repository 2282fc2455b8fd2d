"""The manual in the product: everybody's chapter, its pictures, and limits that are in force."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from domain.rulebook.rulebook import Rulebook
from flows.upkeep.manual import BY_SLUG, CHAPTERS, INDEX, LIMITS, MANUAL, PICTURES, with_limits
from tests.helpers.people import CHAIRS
from tests.web.conftest import Workbench

SECTIONS = ("早上先看什么", "您的时限", "什么时候会被拒绝", "常见问题")
ROOT = Path(__file__).parents[3]
TABLES = re.compile(r"<!-- (时限|系统不计时).*?<!-- \1完 -->", re.DOTALL)
LARGEST, LARGEST_ALL = 120_000, 3_000_000


@pytest.mark.parametrize("chapter", sorted(MANUAL.glob("*.md")), ids=lambda one: one.stem)
def test_what_the_manual_quotes_is_called_so_in_the_product(chapter: Path) -> None:
    """A button or page that was named anew is named anew in the manual too."""
    text = TABLES.sub("", chapter.read_text(encoding="utf-8"))
    quoted = re.findall(r"[“「]([^”」\n]{2,24})[”」]", text)

    said = {one for one in quoted if "某" not in one and "…" not in one}
    assert {one for one in said if re.sub(r"\s+", "", one) not in _product()} == set()


@cache
def _product() -> str:
    """Everything that the product may say, without blanks."""
    files = (
        one
        for folder in ("web", "config", "domain", "flows", "documents", "cli", "templates")
        for one in (ROOT / folder).rglob("*")
        if one.suffix in {".py", ".html", ".js", ".yaml"}
    )
    return re.sub(r"\s+", "", "".join(one.read_text(encoding="utf-8") for one in files))


def test_there_is_a_chapter_for_every_chair(rules: Rulebook) -> None:
    told = {role for chapter in CHAPTERS for role in chapter.roles}

    assert told == set(rules.roles) - {"system"}


@pytest.mark.parametrize("chair", sorted(CHAIRS))
def test_ones_own_chapter_is_one_click_away(workbench: Workbench, chair: str) -> None:
    client = workbench.at(chair)

    home, index = client.get("/").text, client.get("/help").text

    assert 'href="/help"' in home
    [slug] = re.findall(r'href="/help/(\w+)"[^>]*>[^<]*<span class="tag">您的岗位', index)
    assert CHAIRS[chair][2] in BY_SLUG[slug].roles
    assert client.get(f"/help/{slug}").status_code == 200


@pytest.mark.parametrize("slug", sorted(BY_SLUG))
def test_a_chapter_says_what_everybody_wants_to_know(workbench: Workbench, slug: str) -> None:
    text = workbench.at("handler").get(f"/help/{slug}").text

    for heading in SECTIONS:
        assert re.search(rf"<h2>[^<]*{heading}</h2>", text), heading
    assert "<!--" not in text and ".md" not in text


def test_every_picture_is_there_small_and_used(workbench: Workbench) -> None:
    client = workbench.at("handler")
    texts = "".join((MANUAL / f"{one}.md").read_text("utf-8") for one in (INDEX, *BY_SLUG))

    used = set(re.findall(r"!\[[^\]]+\]\(pictures/([\w-]+\.jpg)\)", texts))

    sizes = {one.name: one.stat().st_size for one in PICTURES.iterdir()}
    assert used == set(sizes)
    assert max(sizes.values()) <= LARGEST and sum(sizes.values()) <= LARGEST_ALL
    assert client.get(f"/help/pictures/{min(used)}").headers["content-type"] == "image/jpeg"
    assert client.get("/help/pictures/../README.md").status_code == 404


def test_the_tables_of_limits_are_those_of_the_rulebook(rules: Rulebook) -> None:
    """`python -m docs.manual.limits` writes them anew."""
    for chapter in CHAPTERS:
        text = (MANUAL / f"{chapter.slug}.md").read_text(encoding="utf-8")
        [day] = LIMITS.findall(text)
        assert with_limits(text, chapter, rules, date.fromisoformat(day)) == text, chapter.slug


def test_in_the_product_the_limits_are_those_of_the_day(workbench: Workbench) -> None:
    text = workbench.at("principal").get("/help/principal").text

    assert "移送审批" in text and "3日" in text
    assert "《行政执法机关移送涉嫌犯罪案件的规定》第五条第二款" in text


def test_unknown_pages_are_not_found(workbench: Workbench) -> None:
    assert workbench.at("handler").get("/help/nobody").status_code == 404
