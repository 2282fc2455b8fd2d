"""The days of a sample agree: what is told as done lies before it, what is asked for behind."""

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest

from documents.templates.template_files import TEMPLATES

ASKED = re.compile("期限|届满|延长至|视为送达|预计")
"""By name: what a paper sets a limit to."""
ANNOUNCED = {
    ("goods_transfer_notice", "移交时间"),
    ("hearing_announcement", "听证时间"),
    ("hearing_notice", "听证时间"),
    ("mediation_notice", "调解时间"),
    ("testing_period_notice", "检验开始日期"),
    ("visit_notice", "检查时间"),
}
"""What a paper announces for a later day."""
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)")


def _days(kind: str) -> Iterator[tuple[str, date, date]]:
    facts = json.loads((TEMPLATES / kind / "sample.json").read_text("utf-8"))
    issued = date.fromisoformat(str(facts.get("成文日期", "0001-01-01"))[:10])
    for name, value in facts.items() if issued.year > 1 else ():
        if isinstance(value, str) and (found := _DAY.match(value)) and name != "成文日期":
            yield name, date.fromisoformat(found[1]), issued


KINDS = sorted(one.parent.name for one in TEMPLATES.glob("*/sample.json"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_tells_nothing_that_has_not_happened_yet(kind: str) -> None:
    for name, day, issued in _days(kind):
        ahead = ASKED.search(name) or (kind, name) in ANNOUNCED
        assert day >= issued if ahead else day <= issued, f"{name} {day}，成文{issued}"
