"""What an action would issue, read beforehand: exact where all is known, with gaps elsewhere."""

from datetime import datetime

import pytest
from sqlmodel import Session

from documents.output.as_html import as_html
from documents.templates.kinds import load_template, sample_facts
from documents.templates.template_files import SHIPPED, kinds_in
from documents.values.filters import cn_date
from domain.tables.process import Clue
from flows.door.document_drafts import DraftPaper, draft_papers, may_issue, with_gaps
from flows.door.locked_dossier import Held, with_its_own
from flows.door.steps import situation_for
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.office import snapshot
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, CONCLUDED, Story


def drafted(story: Story, action: str, by: str, **form: object) -> list[DraftPaper]:
    """The drafts of an action an hour later, as `does` would take it; nothing is changed."""
    before = snapshot(story.office)
    story.waits(hours=1)
    command = story.command(action, **form)
    who = (actor(by), story.now)
    with reading(story.office.engine) as session:
        situation = situation_for(session, story.office, _held(session, story), command, who)
        found = draft_papers(session, story.office, situation, command.action)
    story.waits(hours=-1)
    assert snapshot(story.office) == before
    return found


def _held(session: Session, story: Story) -> Held:
    clue = session.get_one(Clue, story.clue)
    return with_its_own(session, story.office.rules, clue)


@pytest.mark.parametrize("kind", kinds_in(SHIPPED))
def test_every_kind_can_be_read_with_nothing_known(kind: str) -> None:
    template = load_template(kind)

    text = str(with_gaps(template, {}))

    written = [
        one.name for one in template.form.fields if one.required and one.type in ("text", "date")
    ]
    shown = [one for one in written if f"<mark>【待补：{one}】</mark>" in text]
    assert shown or not written


@pytest.mark.parametrize("kind", ["penalty_decision", "goods_list"])
def test_with_all_facts_there_is_no_gap(kind: str) -> None:
    template = load_template(kind)

    text = with_gaps(template, sample_facts(template))

    assert text == as_html(template.render(sample_facts(template)))


def test_a_complete_form_shows_the_document_as_it_will_be_issued(story: Story) -> None:
    story.walk("register")
    [draft] = [one for one in drafted(story, "dispatch", "desk") if one.kind == "dispatch_slip"]
    story.does("dispatch")

    [paper] = story.papers("dispatch_slip")
    issued = str(as_html(story.office.shelf.get(paper.sha256)))
    code = f"校验码：{paper.code[:4]}-{paper.code[4:]}〔校验二维码〕"
    assert not draft.lacks
    assert not draft.pending
    assert str(draft.text).replace("（待编号）", str(paper.number)) in (
        issued,
        issued.replace(f"　{code}", "").replace(code, ""),
    )


def test_an_empty_form_tells_what_is_lacking_and_what_the_act_brings(story: Story) -> None:
    story.walk("register")
    nothing = dict.fromkeys(story.command("dispatch").form)

    [draft] = [
        one for one in drafted(story, "dispatch", "desk", **nothing) if one.kind == "dispatch_slip"
    ]

    lacking = {one.fact for one in draft.lacks}
    assert "监管事项" not in draft.pending
    assert not lacking & set(draft.pending)
    assert "（待编号）" in draft.text


def test_later_papers_of_an_act_cite_the_earlier_ones_as_not_numbered_yet(story: Story) -> None:
    story.walk(*CONCLUDED, "refer")

    drafts = drafted(story, "referral.approve", "principal")

    kinds = [one.kind for one in drafts]
    assert "crime_transfer" in kinds
    assert all("（待编号）" in one.text for one in drafts if one.kind == "crime_transfer")


def test_an_extended_limit_shows_its_new_end_and_stays_as_it_is(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    before = story.due("cx18")

    drafts = drafted(story, "extend_verification", "head")
    story.does("extend_verification")

    after = story.due("cx18")
    assert after > before
    papers = {one.kind: one for one in story.papers()}
    assert drafts
    for draft in drafts:
        issued = papers[draft.kind]
        assert draft.pending == ()
        assert str(draft.text).count(day(after)) == str(
            as_html(story.office.shelf.get(issued.sha256))
        ).count(day(after))
    assert any(day(after) in one.text for one in drafts)


def day(moment: str) -> str:
    """A moment's day as documents write it."""
    return cn_date(datetime.fromisoformat(moment))


def test_only_actions_that_issue_are_told_to(office: Office) -> None:
    assert may_issue(office.rules, "clue", "dispatch")
    assert may_issue(office.rules, "clue", "refer")
    assert not may_issue(office.rules, "supervision", "acknowledge")
