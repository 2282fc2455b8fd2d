"""The page that says what carries each paragraph of the policy documents."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "coverage.md"
TENS = "一二三四五六七八九十"
NUMERALS = [*TENS, *(f"十{one}" for one in TENS[:9])]
ROUND = [f"（{one}）" for one in NUMERALS]
PARAGRAPHS = {
    "国办发〔2023〕1号": ROUND,
    "鲁政办发〔2023〕14号": [
        *("一", "二", *map(str, range(1, 22))),
        *(f"四{one}" for one in ROUND[:3]),
    ],
    "威海市跨部门综合监管办法": [str(one) for one in range(1, 25)],
    "渭南市实施方案": [
        *("一", "二", *ROUND[:15]),
        *(f"四{one}" for one in ROUND[:4]),
        *("附件1", "附件2"),
    ],
}
"""How the paragraphs of each document are numbered there."""


def _rows(document: str) -> list[list[str]]:
    text = PAGE.read_text(encoding="utf-8").split(f"## {document}\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return rows[1:]


@pytest.mark.parametrize("document", PARAGRAPHS)
def test_every_paragraph_is_carried_or_says_why_not(document: str) -> None:
    rows = _rows(document)

    assert [row[0] for row in rows] == PARAGRAPHS[document]
    answers = ("`", "not built: ", "nothing to carry", "no business of software", "the program")
    assert [row for row in rows if not any(one in row[2] for one in answers)] == []


def test_what_the_page_names_exists() -> None:
    named = set(re.findall(r"`([^`]+)`", PAGE.read_text(encoding="utf-8"))) - {"code"}

    assert len(named) > 50
    assert [one for one in sorted(named) if not (ROOT / one).exists()] == []
