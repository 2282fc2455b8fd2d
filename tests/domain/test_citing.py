"""Who cites an article, and the limits as a book."""

from datetime import date

from domain.lookup.citations import Use, uses
from domain.lookup.limit_book import LimitBook, Search
from domain.rulebook.rulebook_reading import load_rulebook

DAY = date(2026, 11, 22)


def test_article_is_cited_by_limits_actions_documents() -> None:
    found = uses(load_rulebook())["so310-5-2"]

    assert Use("limit", "310_approve", "移送审批") in found
    assert {one.id for one in found if one.kind == "action"} >= {
        "referral.approve",
        "referral.decline",
    }


def test_standards_count_as_uses_of_their_article() -> None:
    found = uses(load_rulebook())["zs1-16"]

    assert [one.id for one in found if one.kind == "offence"] == ["fake_goods"]


def test_every_use_is_of_a_known_citation() -> None:
    rules = load_rulebook()

    assert set(uses(rules)) <= set(rules.citations)


def test_a_repealed_limit_is_not_current_and_keeps_its_value() -> None:
    entry = LimitBook(load_rulebook(), DAY).entries["ts_old31"]

    assert entry.current is None
    assert entry.shown.figure == "5个工作日"
    assert entry.shown.until == date(2026, 4, 15)


def test_limits_of_a_process_and_those_not_timed_are_apart() -> None:
    book = LimitBook(load_rulebook(), DAY)

    timed = {one.id for one in book.find(Search(process="referral"))}
    others = {one.id for one in book.find(Search(process="none"))}

    assert {"310_approve", "310_deliver", "ga180_supp"} <= timed
    assert not timed & others
    assert "fx12" in others
    assert "cf36_2y" not in others  # a guard reads it: 追责时效


def test_stale_only_shows_limits_whose_article_wants_checking() -> None:
    book = LimitBook(load_rulebook(), DAY)

    found = book.find(Search(stale=True))

    assert found
    assert all(one.stale for one in found)
    assert len(found) < len(book.entries)


def test_regional_reply_limit_is_started_by_registration() -> None:
    entry = LimitBook(load_rulebook(), DAY).entries["sd12_do"]

    assert ("clue", "register", "起算") in {
        (one.process, one.action, one.verb) for one in entry.touches
    }
