"""Draws: replayed by anybody, exact in number, steered by nobody (威海办法第十四条)."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli.main import app
from domain.draws.draw_record import Opened, full_record, outcome_of, public_record, standing_record
from domain.draws.frame import Frame
from domain.draws.quotas import BadShare, falling, quota_of, read_share
from domain.draws.replacing import Replacement, standing_after
from domain.draws.verify_draw import differences

ITEMS = ("market|catering", "health|public_place", "fire|fire_safety")
OPENED = Opened("ab" * 32, ("3", "17"))


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    """Overlapping frames of three departments, with three to five officers each."""
    things = draw(st.lists(st.integers(0, 999), min_size=1, max_size=40, unique=True))
    places, quotas = [], {}
    for item in ITEMS:
        own = [one for one in things if draw(st.booleans())]
        strata = {one: draw(st.sampled_from("ABCD")) for one in own}
        places += [(f"N{one}", item, stratum) for one, stratum in strata.items()]
        sizes = {stratum: list(strata.values()).count(stratum) for stratum in strata.values()}
        quotas[item] = {key: draw(st.integers(0, size)) for key, size in sizes.items()}
    officers = {
        f"{item[:2]}{number}": item.partition("|")[0]
        for item in ITEMS
        for number in range(draw(st.integers(3, 5)))
    }
    pairs = st.tuples(st.sampled_from(sorted(officers)), st.sampled_from(things))
    avoided = {(one, f"N{thing}") for one, thing in draw(st.lists(pairs, max_size=4))}
    return Frame(tuple(places), quotas, officers, avoided=frozenset(avoided))


@given(frames())
@settings(max_examples=60, deadline=None)
def test_a_stranger_replays_every_draw_with_the_file_that_stands_alone(frame: Frame) -> None:
    record = json.loads(json.dumps(full_record("CQ1", frame, OPENED)))

    assert differences(record) == []
    assert differences(json.loads(json.dumps(public_record("CQ1", frame, OPENED)))) == []


@given(frames())
@settings(max_examples=60, deadline=None)
def test_every_quota_is_met_exactly_by_the_smallest_tickets(frame: Frame) -> None:
    _, outcome = outcome_of(frame, OPENED)

    for item, strata in frame.quotas.items():
        for stratum, quota in strata.items():
            layer = [one for one, its, which in frame.places if (its, which) == (item, stratum)]
            drawn = outcome.drawn[item][stratum]
            assert len(drawn) == quota
            left = [outcome.tickets[one] for one in layer if one not in drawn]
            assert all(outcome.tickets[one] < min(left, default="g") for one in drawn)


@given(frames())
@settings(max_examples=60, deadline=None)
def test_nobody_is_sent_where_he_must_avoid_and_two_go_wherever_two_can(frame: Frame) -> None:
    """行政处罚法第四十二条、第四十三条."""
    _, outcome = outcome_of(frame, OPENED)
    short = frame.short_of_officers()

    for thing, departments in outcome.sent.items():
        for department, pair in departments.items():
            assert not {(one, thing) for one in pair} & frame.avoided
            assert {frame.officers[one] for one in pair} <= {department}
            assert (len(pair) < 2) == (thing in short.get(department, []))


@given(frames(), st.randoms())
@settings(max_examples=40, deadline=None)
def test_the_order_in_which_a_frame_was_gathered_decides_nothing(
    frame: Frame, dice: object
) -> None:
    places = list(frame.places)
    dice.shuffle(places)  # type: ignore[attr-defined]
    shuffled = Frame(
        tuple(places),
        dict(reversed(frame.quotas.items())),
        dict(reversed(frame.officers.items())),
        avoided=frame.avoided,
    )

    assert shuffled.sha == frame.sha
    assert outcome_of(shuffled, OPENED)[1].drawn == outcome_of(frame, OPENED)[1].drawn
    assert outcome_of(shuffled, OPENED)[1].sent == outcome_of(frame, OPENED)[1].sent


def _large(number: int = 2000) -> Frame:
    places = [(f"N{one}", ITEMS[0], "A") for one in range(number)]
    places += [(f"N{one}", ITEMS[1], "A") for one in range(0, number, 2)]
    officers = {f"m{one}": "market" for one in range(8)} | {f"h{one}": "health" for one in range(6)}
    quotas = {ITEMS[0]: {"A": number // 20}, ITEMS[1]: {"A": number // 40}}
    return Frame(tuple(places), quotas, officers)


def test_departments_that_draw_together_meet_at_the_same_doors() -> None:
    """综合查一次: one ticket per object, so the smaller sample lies within the larger frame's."""
    _, outcome = outcome_of(_large(), OPENED)

    both = [one for one, departments in outcome.sent.items() if len(departments) == 2]
    assert len(both) > 35
    assert len(outcome.doors) < 100 + 50 - 35


def test_the_load_of_a_departments_officers_differs_by_one_at_most() -> None:
    _, outcome = outcome_of(_large(), OPENED)

    loads = [
        sum(one in pair for sent in outcome.sent.values() for pair in sent.values())
        for one in _large().officers
        if one.startswith("m")
    ]
    assert max(loads) - min(loads) <= 1


def test_another_number_of_one_witness_draws_others() -> None:
    _, first = outcome_of(_large(), OPENED)
    _, second = outcome_of(_large(), Opened(OPENED.secret, ("3", "18")))

    alike = set(first.drawn[ITEMS[0]]["A"]) & set(second.drawn[ITEMS[0]]["A"])
    assert len(alike) < 20


def _changed(record: dict[str, object], what: str) -> list[str]:
    """What the stand-alone file says of a record in which one thing was altered afterwards."""
    altered = json.loads(json.dumps(record))
    if what == "drawn":
        altered["drawn"][ITEMS[0]]["A"][0][0] = "N1999"
    elif what == "frame":
        altered["frame"]["items"][0][0] = "N5000"
    elif what == "officers":
        first = next(iter(altered["officers"]))
        altered["officers"][first]["market"] = ["m0", "m0"]
    else:
        altered[what] = "0" * 64 if what != "numbers" else ["1", "1"]
    return differences(altered)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("drawn", "抽中的对象与重新抽取的不同"),
        ("frame", "名录、名额、人员与封存值不符"),
        ("officers", "派出的执法人员与重新抽取的不同"),
        ("numbers", "种子与名录封存值、密数、见证数不符"),
        ("secret", "公开的密数与封存时公布的承诺值不符"),
        ("edition", "不认识的抽取规则"),
    ],
)
def test_whatever_is_altered_afterwards_is_told(what: str, said: str) -> None:
    found = _changed(full_record("CQ1", _large(), OPENED), what)

    assert any(said in one for one in found)


def test_the_public_edition_names_no_class_and_nobody_who_was_not_drawn() -> None:
    """信用风险等级不公开: what is shown must not let anyone infer it."""
    frame = Frame(
        (("N1", ITEMS[0], "等级甲"), ("N2", ITEMS[0], "等级丁")), {ITEMS[0]: {"等级丁": 1}}, {}
    )

    text = json.dumps(public_record("CQ1", frame, OPENED), ensure_ascii=False)

    assert "N2" in text
    assert not [one for one in ("N1", "等级甲", "等级丁") if one in text]


def test_a_replacement_is_the_next_ticket_and_the_next_officer() -> None:
    frame = _large(200)
    seed, outcome = outcome_of(frame, OPENED)
    order = sorted((f"N{one}" for one in range(200)), key=outcome.tickets.__getitem__)
    first, second = outcome.doors[:2]

    found = standing_after(frame, seed, outcome, [Replacement(first)])
    assert first not in found.items
    assert [one for one, items in found.items.items() if ITEMS[0] in items] == order[1:11]
    assert all(len(team) == 2 for teams in found.sent.values() for team in teams.values())

    away = outcome.sent[second]["market"][0]
    again = standing_after(frame, seed, outcome, [Replacement(first), Replacement(second, away)])
    assert away not in again.sent[second]["market"]
    assert len(again.sent[second]["market"]) == 2
    assert {one: teams for one, teams in again.sent.items() if one != second} == {
        one: teams for one, teams in found.sent.items() if one != second
    }

    made = [Replacement(first), Replacement(second, away)]
    changes = [{"object": one.thing, "certificate": one.certificate} for one in made]
    whole = full_record("CQ1", frame, OPENED)
    standing = standing_record(frame, OPENED, made)
    record = json.loads(json.dumps({**whole, "changes": changes, "standing": standing}))
    assert differences(record) == []
    hidden = {**record, "changes": changes[:1]}
    assert differences(hidden) == ["更换以后的对象、人员与重新计算的不同"]
    unknown = {**record, "changes": [{"object": "N999", "certificate": ""}]}
    assert differences(unknown) == ["第1次更换的对象或者人员不在名单中"]


def test_a_frame_says_which_objects_lack_officers_and_what_is_listed_twice() -> None:
    """行政处罚法第四十二条; one officer in a department is refused before anything is sealed."""
    frame = Frame(
        (("N1", ITEMS[0], "A"), ("N1", ITEMS[0], "B"), ("N2", ITEMS[1], "A")),
        {ITEMS[0]: {"A": 2}},
        {"m1": "market", "m2": "market", "h1": "health"},
        avoided=frozenset({("m1", "N1")}),
    )

    assert frame.short_of_officers() == {"market": ["N1"], "health": ["N2"]}
    assert frame.faults() == [
        "N1在同一检查事项中列了两次",
        "market|catering的A类应抽2个，而名录中有1个",
    ]


@pytest.mark.parametrize(
    ("text", "share"), [("5%", "5"), ("５％", "5"), ("5", "5"), ("0.5%", "0.5"), ("100%", "100")]
)
def test_a_share_is_read_where_it_can_mean_one_thing_only(text: str, share: str) -> None:
    assert read_share(text) == Decimal(share)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("150%", "应在0%至100%之间"),
        ("3/100", "应写作百分比，如 5%"),
        ("", "没有填写比例"),
        ("0.05", "请写明百分号，如 5% 或者 0.05%"),
        ("NaN", "应在0%至100%之间"),
        ("-1%", "应在0%至100%之间"),
    ],
)
def test_a_share_that_would_have_to_be_guessed_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadShare, match=said):
        read_share(text)


@pytest.mark.parametrize(
    ("number", "share", "quota"),
    [(0, "5", 0), (1, "1", 1), (100, "5", 5), (101, "5", 6), (10, "0", 0), (3, "100", 3)],
)
def test_quotas_round_up_and_take_one_at_least(number: int, share: str, quota: int) -> None:
    """本级约定: the law is silent about rounding."""
    assert quota_of(number, Decimal(share)) == quota


def test_shares_that_fall_as_the_risk_rises_are_told() -> None:
    """威海办法第十四条: 差异化抽查比例."""
    shares = {"A": Decimal(5), "B": Decimal(3), "C": Decimal(10)}

    assert falling(("A", "B", "C", "D"), shares) == [("A", "B")]


def test_the_command_and_the_file_alone_say_the_same(tmp_path: Path) -> None:
    record = full_record("CQ2026000001", _large(200), OPENED)
    path = tmp_path / "draw-CQ2026000001.json"
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    CliRunner().invoke(app, ["draw", "verifier", str(tmp_path)])

    said = CliRunner().invoke(app, ["draw", "verify", str(path)])
    alone = subprocess.run(
        [sys.executable, "-I", "-S", "verify_draw.py", path.name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.exit_code == alone.returncode == 0
    assert said.output == alone.stdout
    assert "核验通过：CQ2026000001，全部重新抽取，结果一致" in said.output
    assert str(record["commitment"]) in said.output


def test_a_file_that_is_no_record_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"edition": "yisong-draw-1", "hash": "sha256"}', encoding="utf-8")

    found = CliRunner().invoke(app, ["draw", "verify", str(path)])

    assert found.exit_code == 1
    assert "文件不是完整的抽取记录" in found.output
