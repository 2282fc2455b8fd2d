"""Checks that run by themselves: a lost shelf is noticed, rounds go on, orphans are kept aside."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from domain.tables.record import IssuedDocument
from domain.tables.work import InboxMessage
from flows.audit import rounds
from flows.audit.rounds import advance, check_rows, check_shelf, hourly
from flows.audit.shelf_check import collect_folder
from flows.site.site_checks import rounds as ended
from flows.site.store import reading
from flows.upkeep.health import health
from tests.helpers.office import on_the_shelf
from tests.helpers.story import CONCLUDED, Story


@pytest.fixture
def kept(story: Story) -> Story:
    """An office whose clue has papers on the shelf."""
    story.walk(*CONCLUDED)
    on_the_shelf(story.office)
    return story


def lines(story: Story) -> dict[str, tuple[str, str]]:
    found = [line for part in health(story.office, story.now) for line in part.lines]
    return {one.label: (one.value, one.verdict) for one in found}


def test_a_shelf_that_was_lost_is_noticed_within_the_hour(kept: Story) -> None:
    hourly(kept.office, kept.now, lambda: False)
    assert lines(kept)["文书存放和链尾"][1] == "ok"

    shutil.rmtree(kept.office.settings.shelf)
    hourly(kept.office, kept.now + timedelta(hours=1), lambda: False)

    told, verdict = lines(kept)["文书存放和链尾"]
    assert verdict == "bad"
    assert "文书存放中缺少《" in told
    with reading(kept.office.engine) as session:
        query = select(InboxMessage).where(col(InboxMessage.kind) == "audit.misfit")
        letters = list(session.exec(query))
    assert {one.role for one in letters} == {"auditor", "administrator"}
    assert "备份" in letters[0].body


def test_a_round_that_was_broken_off_goes_on_and_tells_what_it_found(
    kept: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "replay_users", lambda *_: ())
    with reading(kept.office.engine) as session:
        paper = session.exec(select(IssuedDocument)).first()
    assert paper is not None
    place = Path(kept.office.settings.shelf) / paper.sha256[:2] / paper.sha256
    place.write_bytes(b"x" * place.stat().st_size)
    left = iter([True] * 100)

    assert "核对到98/256" in advance(kept.office, kept.now, lambda: next(left, False))
    assert "发现1处不符" in advance(kept.office, kept.now, lambda: True)
    assert advance(kept.office, kept.now, lambda: True) == "", "not twice a night"

    with reading(kept.office.engine) as session:
        assert [one.name for one in ended(session)] == ["rows", "shelf"]
    assert "内容与登记的校验值不符" in lines(kept)["文书存放与登记"][0]
    assert list(check_rows(kept.office)) == []
    assert len(list(check_shelf(kept.office))) == 1


def test_bytes_that_nobody_names_are_put_aside_after_a_week(kept: Story) -> None:
    shelf, root = kept.office.shelf, Path(kept.office.settings.shelf)
    orphan = shelf.put(b"nobody names me")
    place = int(orphan[:2], 16)
    unfinished = root / orphan[:2] / f".{orphan}.0"
    unfinished.write_bytes(b"half")
    with reading(kept.office.engine) as session:
        assert collect_folder(session, kept.office, place, kept.now + timedelta(days=1)) == 0
        old = (kept.now - timedelta(days=9)).timestamp()
        for one in (root / orphan[:2] / orphan, unfinished):
            os.utime(one, (old, old))
        assert collect_folder(session, kept.office, place, kept.now) == 1

    assert (root / "orphans" / orphan).read_bytes() == b"nobody names me"
    assert not unfinished.exists()
    assert list(check_shelf(kept.office)) == []
