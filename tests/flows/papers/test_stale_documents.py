"""Stale documents of many clues, read at once, are those that each clue has alone."""

from sqlmodel import col, select, update

from domain.tables.process import Clue
from flows.papers.correction_rights import Correction
from flows.papers.corrections import reissue
from flows.papers.current_facts import list_stale
from flows.papers.stale_documents import stale_documents
from flows.papers.wanted_documents import WantedDocuments
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.people import actor
from tests.helpers.story import APPROVED, IN_CASE, Story

NOW_CALLED = "示例市新名食品有限公司"


def _three_clues(office: Office) -> Story:
    """A dispatch, a case and a referral, one day after another."""
    story = Story(office)
    for walked in (("register", "dispatch"), IN_CASE, APPROVED):
        story.clue = None
        story.walk(*walked)
        story.waits(days=1)
    return story


def _rename_all(office: Office) -> None:
    with transaction(office.engine) as session:
        session.connection().execute(update(Clue).values(subject_name=NOW_CALLED))


def _on_the_page(story: Story, wanted: WantedDocuments) -> list[tuple[object, ...]]:
    viewer = Viewer(story.office, actor("supervisor"), story.now)
    with reading(story.office.engine) as session:
        found = stale_documents(session, viewer, wanted)
    return [(one.clue.id, one.document.id, one.changes) for one in found.lines]


def test_a_page_tells_of_each_clue_what_it_has_alone(any_office: Office) -> None:
    story = _three_clues(any_office)
    [slip] = story.papers("dispatch_slip")
    told_before = _on_the_page(story, WantedDocuments())
    _rename_all(any_office)

    with reading(any_office.engine) as session:
        alone = [
            (clue.id, one.document.id, one.changes)
            for clue in session.exec(select(Clue).order_by(col(Clue.id).desc()))
            for one in list_stale(session, any_office, clue)
        ]
    told = _on_the_page(story, WantedDocuments())

    assert told_before == []
    assert told == alone
    assert len({clue for clue, *_ in told}) == 3
    assert all(any(NOW_CALLED in str(one.now) for one in changes) for _, _, changes in told)
    narrowed = _on_the_page(story, WantedDocuments(kind="dispatch_slip"))
    assert narrowed == [one for one in told if one in narrowed]
    assert (slip.clue_id, slip.id) in {one[:2] for one in narrowed} and len(narrowed) == 3


def test_what_was_issued_anew_is_compared_with_the_step_of_the_first(any_office: Office) -> None:
    story = _three_clues(any_office)
    _rename_all(any_office)
    listed = {one for _, one, _ in _on_the_page(story, WantedDocuments())}
    [list_of_goods] = story.papers("goods_list")

    anew = Correction(actor("legal"), story.now, "当事人名称有误")
    fresh = reissue(any_office, list_of_goods.id or 0, anew)

    assert list_of_goods.id in listed
    found = {one for _, one, _ in _on_the_page(story, WantedDocuments())}
    assert found == listed - {list_of_goods.id} and fresh.id not in found
