"""Figures of a long record are kept for some minutes; those of any other are counted anew."""

from datetime import timedelta
from pathlib import Path

import pytest

from flows.people.viewer import Viewer
from flows.site.store import reading
from flows.watch import kept_figures
from flows.watch.monthly_figures import Cut, MonthlyMeasure, measure_by_month, months_until
from flows.watch.rates import BY_ID
from tests.helpers.office import build_office
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, Story


def _accepted(story: Story) -> MonthlyMeasure:
    viewer = Viewer(story.office, actor("supervisor"), story.now)
    cut = Cut(months_until(story.now, 3))
    with reading(story.office.engine) as session:
        return measure_by_month(session, viewer, BY_ID["accepted"], cut)


def test_figures_of_an_ordinary_record_are_always_those_of_now(story: Story) -> None:
    story.walk(*ACCEPTED)
    assert _accepted(story).whole.part == 1

    story.walk(*ACCEPTED)

    assert _accepted(story).whole.part == 2
    assert _accepted(story).counted_at == story.now


def test_figures_of_a_long_record_are_kept_and_tell_of_when_they_are(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_figures, "LONG", 1)
    story.walk(*ACCEPTED)
    first = story.now
    assert _accepted(story).whole.part == 1

    story.walk(*ACCEPTED)
    story.now = first + timedelta(minutes=9)
    kept = _accepted(story)
    story.now = first + timedelta(minutes=11)
    anew = _accepted(story)

    assert (kept.whole.part, kept.counted_at) == (1, first)
    assert (anew.whole.part, anew.counted_at) == (2, story.now)


def test_figures_of_another_office_are_its_own(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_figures, "LONG", 0)
    story.walk(*ACCEPTED)

    assert _accepted(story).whole.part == 1
    other = build_office(tmp_path / "other")
    assert _accepted(Story(other)).whole.part == 0
    other.engine.dispose()
