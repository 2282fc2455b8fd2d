"""What stands out in reports: chance exactly as by fractions, signals, and the false alarms."""

from datetime import date
from fractions import Fraction
from math import comb, prod
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from domain.rulebook.rulebook_reading import load_rulebook
from domain.surge.calibration import TooLittle, calibrate
from domain.surge.chance import chance_of
from domain.surge.reports import Remedy, Report
from domain.surge.signals import Wanted, clusters, relapses, repeated_subjects, surges
from domain.surge.words import arithmetic, in_how_many

TODAY = date(2026, 5, 11)
RULES = load_rulebook().indicators


def _report(number: int, ago: int, **told: str) -> Report:
    usual = {"area": "shili", "matter": "catering", "channel": "hotline"}
    return Report(number, f"XS{number:04d}", TODAY.toordinal() - ago, **{**usual, **told})


def _wanted(key: str, chance: float = 0.001) -> Wanted:
    return Wanted(key, RULES[key], chance)


def _exact(k: int, n: int, base_k: int, base_n: int) -> float:
    """The same tail by fractions: slow, and without any rounding."""
    a, b = Fraction(2 * base_k + 1, 2), Fraction(2 * (base_n - base_k) + 1, 2)
    rising = lambda x, times: prod((x + one for one in range(times)), start=Fraction(1))  # noqa: E731
    terms = (comb(n, x) * rising(a, x) * rising(b, n - x) for x in range(k, n + 1))
    return float(sum(terms) / rising(a + b, n))


@settings(max_examples=60, deadline=None)
@given(some.data())
def test_the_chance_is_that_of_exact_fractions(data: some.DataObject) -> None:
    n, base_n = data.draw(some.integers(0, 30)), data.draw(some.integers(0, 200))
    k, base_k = data.draw(some.integers(0, n)), data.draw(some.integers(0, base_n))

    assert chance_of(k, n, base_k, base_n) == pytest.approx(
        _exact(k, n, base_k, base_n), rel=1e-9, abs=1e-13
    )
    assert k == n or chance_of(k + 1, n, base_k, base_n) <= chance_of(k, n, base_k, base_n) + 1e-12


def test_more_of_a_kind_than_there_are_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        chance_of(3, 2, 0, 10)


def test_the_sum_of_a_surge_can_be_done_again_by_who_reads_it() -> None:
    now = [_report(one, one % 14) for one in range(15)]
    now += [_report(100 + one, one % 14, matter="noise") for one in range(106)]
    before = [_report(300 + one, 20 + one % 70) for one in range(20)]
    before += [_report(400 + one, 20 + one % 70, matter="noise") for one in range(576)]

    [found] = surges([*now, *before], TODAY, _wanted("surge"))

    assert arithmetic(found, RULES["surge"]) == (
        "近14日15件，占121件的12%；此前84日20件，占596件的3%；若无变化，约6700次中1次"
    )
    assert [one.day for one in found.reports] == sorted(one.day for one in found.reports)[::-1]
    assert surges([*now, *before], TODAY, _wanted("surge", 0.0001)) == []
    assert surges([*now, *before[:99]], TODAY, _wanted("surge")) == []
    # What an earlier warning found true is no base: without it the same surge stands out more.
    known = frozenset(one.id for one in before[:20])
    [again] = surges([*now, *before], TODAY, _wanted("surge"), known)
    assert (again.base, again.base_of) == (0, 576)


def test_who_writes_often_is_one_person() -> None:
    often = [_report(one, 3, subject="鑫源", reporter="a") for one in range(9)]
    others = [_report(20 + one, 3, subject="鑫源", reporter=f"b{one}") for one in range(2)]
    nameless = [_report(40 + one, 3, subject="鑫源") for one in range(5)]
    wanted = _wanted("repeat_subject")

    assert repeated_subjects([*often, *others[:1], *nameless], TODAY, wanted) == []
    [found] = repeated_subjects([*often, *others], TODAY, wanted)
    assert arithmetic(found, RULES["repeat_subject"]).startswith("近30日11件，3名不同的人反映")
    late = [_report(60, 30, subject="鑫源", reporter="c")]
    assert repeated_subjects([*often, *others[:1], *late], TODAY, wanted) == []


def test_a_place_stands_out_by_its_subjects_or_by_its_matters() -> None:
    subjects = [_report(one, 50, place="海滨路12号", subject=f"店{one}") for one in range(3)]
    matters = [_report(10 + one, 1, place="学院路3号", matter=f"m{one}") for one in range(3)]
    same = [_report(20 + one, 1, place="人民路1号", subject="店") for one in range(9)]

    found = clusters([*subjects, *matters, *same], TODAY, _wanted("place_cluster"))

    assert [one.cell for one in found] == ["学院路3号", "海滨路12号"]


def test_a_relapse_is_reported_after_the_remedy_and_over_the_same_matter() -> None:
    day = TODAY.toordinal()
    remedies = [Remedy(1, day - 40, "鑫源", "catering"), Remedy(2, day - 95, "老店", "catering")]
    reports = [
        _report(1, 41, subject="鑫源"),
        _report(3, 40, subject="鑫源"),
        _report(4, 5, subject="鑫源"),
        _report(5, 5, subject="鑫源", matter="noise"),
        _report(6, 5, subject="老店"),
    ]

    [found] = relapses(reports, remedies, TODAY, _wanted("relapse"))

    assert [one.id for one in found.reports] == [4]
    assert "2026-04-01责令改正" in arithmetic(found, RULES["relapse"], "2026-04-01")


def _year(number: int, chance: Random) -> list[Report]:
    """Reports of a year and a half whose matters never change their shares."""
    matters = ("catering", "noise", "waste", "fire", "price", "taxi", "heat", "water")
    return [
        _report(one, chance.randrange(540), matter=chance.choice(matters)) for one in range(number)
    ]


def test_calibration_counts_alarms_and_chooses_the_boldest_setting_allowed() -> None:
    quiet = _year(1500, Random(4))

    found = calibrate(quiet, RULES["surge"], 1.0, rounds=3, seed=7)

    assert calibrate(quiet, RULES["surge"], 1.0, rounds=3, seed=7) == found
    rates = [one.false_a_year for one in found.tried]
    assert rates == sorted(rates, reverse=True)
    assert found.chosen is not None
    assert found.chosen.false_a_year <= 1.0
    bolder = found.tried[found.tried.index(found.chosen) - 1]
    assert bolder == found.chosen or bolder.false_a_year > 1.0
    with pytest.raises(TooLittle, match="不少于100件"):
        calibrate(quiet[:200], RULES["surge"], 1.0, rounds=1, seed=1)


def test_a_true_surge_is_found_by_a_setting_that_shuffled_reports_hardly_reach() -> None:
    quiet = _year(1500, Random(4))
    surge = [_report(9000 + one, 100 + one % 10, matter="gas") for one in range(8)]

    found = calibrate([*quiet, *surge], RULES["surge"], 1.0, rounds=3, seed=7)

    assert found.chosen is not None
    assert found.chosen.real_a_year > 0


@pytest.mark.parametrize(
    ("chance", "told"),
    [
        (0.5, "约2次中1次"),
        (0.0123, "约81次中1次"),
        (0.00014826, "约6700次中1次"),
        (1e-9, "不到1000万次中1次"),
        (0.0, "不到1000万次中1次"),
    ],
)
def test_chances_are_told_as_people_say_them(chance: float, told: str) -> None:
    assert in_how_many(chance) == f"若无变化，{told}"


def test_every_indicator_that_is_not_computed_says_why() -> None:
    silent = {key: one for key, one in RULES.items() if not one.is_computed}

    assert set(silent) == {"near_crime", "season"}
    assert all(one.page or one.lacks for one in silent.values())
    assert RULES["repeat_subject"].in_words.startswith("30日内有3名以上不同的人")
    assert not any("{" in one.in_words for one in RULES.values())
