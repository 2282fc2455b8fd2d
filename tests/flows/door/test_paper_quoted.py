"""A correction quotes what its paper says: refused where it does not, left to the person where the
paper cannot be read.
"""

import pytest

from domain.tables.record import IssuedDocument
from flows.door.preview import foresee
from flows.site.store import reading, transaction
from tests.helpers.people import actor
from tests.helpers.story import RECEIVED, Story
from tests.lifecycle.beside.test_spot_amendment import PUNISHED
from tests.lifecycle.penalties.test_remedies import SERVED

REFUSED = "原文书没有「海滨路19号」这段文字"
WORDS = {"wrong_text": "海滨路19号", "right_text": "海滨路21号"}


@pytest.mark.parametrize("way", [(SERVED, "case"), (PUNISHED, "spot_penalty")])
def test_a_decision_is_corrected_where_it_says_so(
    story: Story, way: tuple[tuple[str, ...], str]
) -> None:
    walked, process = way
    story.walk(*walked)
    assert REFUSED in story.refused(f"{process}.correct_decision", **WORDS)
    decision = story.papers("penalty_decision" if process == "case" else "spot_decision")[-1]

    story.does(f"{process}.correct_decision", wrong_text="海滨路 １２号", right_text="海滨路21号")

    notice = story.papers("correction_notice")[-1]
    assert story.papers(decision.kind)[-1].altered_by_id == notice.id


def _asked(story: Story) -> dict[str, object]:
    letter = story.papers("crime_transfer")[0]
    return {"paper": letter.id, "addressee": "示例市公安局", "change_reason": "录入笔误", **WORDS}


def test_the_words_of_one_letter_are_not_corrected_in_another(story: Story) -> None:
    story.walk(*RECEIVED)
    slip = story.papers("dispatch_slip")[0]
    asked = {**_asked(story), "wrong_text": slip.number or "", "right_text": "示热线转〔2026〕2号"}

    told = story.refused("paper_change.ask_correction", by="legal", **asked)

    assert f"原文书没有「{slip.number}」" in told and "请照录" in told


def test_a_letter_that_cannot_be_read_is_compared_by_the_person(story: Story) -> None:
    """Its bytes are not where they should be: the form says so, and the act is taken."""
    story.walk(*RECEIVED)
    with transaction(story.office.engine) as session:
        row = session.get_one(IssuedDocument, story.papers("crime_transfer")[0].id)
        row.sha256 = "0" * 64
        session.add(row)
    command = story.command("paper_change.ask_correction", **_asked(story))

    with reading(story.office.engine) as session:
        found = foresee(session, story.office, command, actor("legal"), story.now)

    assert any("「原文」请对照原件核对" in one for one in found.also)
    story.does("paper_change.ask_correction", by="legal", **_asked(story))


def test_what_a_letter_says_of_its_reporter_is_not_tried_out(story: Story) -> None:
    """Refusals would tell a colleague, name by name, who stands in a letter he may not open."""
    story.does("register", complaint_kind="complaint")
    story.walk("dispatch", "accept", "admit_complaint")
    letter = next(
        one
        for kind, declared in story.office.rules.documents.items()
        if declared.reporter_fact
        for one in story.papers(kind)
    )
    asked = {**_asked_of(letter), **WORDS}

    story.does("paper_change.ask_correction", by="legal", **asked)


def _asked_of(letter: IssuedDocument) -> dict[str, object]:
    return {"paper": letter.id, "addressee": "反映人", "change_reason": "录入笔误"}
