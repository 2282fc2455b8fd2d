"""Pages as LibreOffice lays them: none but the last is half empty, nobody signs alone on one."""

import re
import subprocess
from collections.abc import Mapping

import pytest

from documents.output.extremes import ADDRESS, TEXT
from documents.output.pdf import PdfConverter
from documents.templates.kinds import load_template, sample_facts
from tests.helpers.wanted import needs_office, needs_poppler

pytestmark = [pytest.mark.early, needs_office, needs_poppler]

Page = list[tuple[float, str]]
"""The words of a page within the type area, each with where it ends."""
POINTS = 72 / 25.4
UPPER, LOWER, MARGIN = 37 * POINTS, (297 - 35) * POINTS, 5
WORST: Mapping[str, Mapping[str, object]] = {
    "crime_transfer": {},
    "visit_approval": {"检查来源": TEXT, "正在办理的其他检查": TEXT},
    "hearing_record": {"听证笔录": TEXT},
    "statement_record": {"当事人陈述申辩意见": TEXT},
    "complaint_rejection": {"机关地址": ADDRESS},
    "hearing_notice": {"机关地址": ADDRESS},
    "mediation_end": {},
    "opinion_request": {},
    "joint_verification_notice": {},
}
"""The kinds that had half-empty pages, or a signature without text, with what it took."""


@pytest.fixture(scope="module")
def printed() -> Mapping[str, tuple[Page, ...]]:
    """The pages of each kind."""
    words = {}
    for kind, more in WORST.items():
        template = load_template(kind)
        assert set(more) <= {one.name for one in template.form.fields}, kind
        words[kind] = template.render({**sample_facts(template), **more})
    return {kind: pages_of(made) for kind, made in PdfConverter().convert_all(words).items()}


def pages_of(pdf: bytes) -> tuple[Page, ...]:
    told = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    found = (re.findall(r'yMax="([\d.]+)">([^<]*)<', page) for page in told.split("<page ")[1:])
    return tuple(
        [(float(foot), word) for foot, word in page if float(foot) < LOWER + MARGIN]
        for page in found
    )


@pytest.mark.parametrize("kind", WORST)
def test_every_page_but_the_last_is_filled(
    kind: str, printed: Mapping[str, tuple[Page, ...]]
) -> None:
    for page in printed[kind][:-1]:
        filled = (max(foot for foot, _ in page) - UPPER) / (LOWER - UPPER)
        assert filled > 0.45, f"{filled:.2f}"


@pytest.mark.parametrize("kind", WORST)
def test_no_page_holds_the_signature_alone(
    kind: str, printed: Mapping[str, tuple[Page, ...]]
) -> None:
    """The organ's name is never the first that a page says; a table to sign has words above it."""
    organ = str(sample_facts(load_template(kind))["承办部门"])
    for page in printed[kind][1:]:
        _, first = min(page)
        assert first != organ
        assert "签名" not in first


def test_the_letter_of_a_referral_takes_one_page_its_annex_and_receipt_one_each(
    printed: Mapping[str, tuple[Page, ...]],
) -> None:
    assert len(printed["crime_transfer"]) == 3
