"""The rulebook: whole or not at all, and every fault named with the line where it stands."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_reading import CONFIG, RulebookError, load_rulebook, read_rulebook
from domain.shapes.yaml_source import Problem
from flows.site.office import Office
from tests.helpers.story import ACCEPTED, Story

ORGANS = "demo/site/departments.yaml"
CLUE, CASE = "lifecycles/clue.yaml", "lifecycles/case.yaml"
REQUEST = "lifecycles/request.yaml"
CIRCULAR, RECEIPT = "lifecycles/circular.yaml", "lifecycles/circular_receipt.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the rulebook that a test may spoil."""
    copy = tmp_path / "config"
    shutil.copytree(CONFIG, copy)
    return copy


def _spoil(root: Path, name: str, old: str, new: str) -> int:
    """Replaces the first occurrence in a file; the line on which it stood."""
    text = (root / name).read_text(encoding="utf-8")
    assert old in text, f"{name} has changed: {old}"
    (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def _problems(root: Path) -> list[Problem]:
    with pytest.raises(RulebookError) as failure:
        load_rulebook(root)
    return failure.value.problems


def _named(root: Path, name: str, word: str) -> list[Problem]:
    return [one for one in _problems(root) if one.file == f"config/{name}" and word in one.text]


def test_the_committed_rulebook_holds_together() -> None:
    rules, problems = read_rulebook()

    assert problems == []
    assert len(rules.lifecycles) == 48
    assert len(rules.matters) >= 40
    assert {"shandong", "weihai", "weinan"} <= set(rules.regions)


FAULTS = [
    (CLUE, "    from: registered\n    to: merged", "    from: anmeldung\n    to: merged", "状态"),
    (
        CLUE,
        "    from: registered\n    to: merged",
        "    from: registered\n    to: nirgends",
        "状态",
    ),
    (CLUE, "by: [intake_clerk, system]", "by: [intake_clerk, pope]", "角色 pope"),
    (CLUE, "form_requires: [merges_into_another_clue]", "form_requires: [no_such_guard]", "条件"),
    (CLUE, "      - triage\n", "      - triaje\n", "时限 triaje"),
    (CLUE, "document: dispatch_slip", "document: dispatch_slippp", "文书 dispatch_slippp"),
    (CLUE, "basis: [cx-18, sdyj-13]", "basis: [cx-18000, sdyj-13]", "引用 cx-18000"),
    (CLUE, "effects: [held_by_desk,", "effects: [held_by_nobody,", "效果 held_by_nobody"),
    (CLUE, "when: came_by_hotline", "when: came_by_pigeon", "情形 came_by_pigeon"),
    (CLUE, "tells: [holder]", "tells: [everybody]", "知会对象 everybody"),
    (CLUE, "at: desk", "at: moon", "位置 moon"),
    (RECEIPT, "root: circular", "root: nirgends", "主线流程 nirgends"),
    (RECEIPT, "root: circular", "root: clue", "属于另一主线"),
    (CLUE, "numbers: XS", "numbers: TB", "编号字头 TB 已由"),
    (CIRCULAR, "numbers: TB", 'numbers: ""', "主线流程须有编号字头"),
    (CLUE, "action: absorb,", "action: swallow,", "clue.swallow"),
    (CASE, "from_field: notice_served_on", "from_field: notice_eaten_on", "notice_eaten_on"),
    (CASE, "not_before: hearing_set_at", "not_before: hearing_eaten_at", "hearing_eaten_at"),
    (
        CASE,
        "type: datetime, past: true, not_before: decided_at",
        "type: datetime",
        "served_on 没有",
    ),
    (CASE, "datetime, past: true, not_before: decided_at", "datetime, ahead: true", "须写明 past"),
    (CASE, "听证时间, type: datetime, ahead", "听证时间, type: datetime, past", "须写明 ahead"),
    ("offences.yaml", "review: yp_review", "review: yp_nix", "时限 yp_nix"),
    ("deadlines.yaml", "basis: cx-18}", "basis: cx-nix}", "引用 cx-nix"),
    ("deadlines.yaml", "ladder: police", "ladder: leiter", "提醒阶梯 leiter"),
    ("deadlines.yaml", "approver: department_head", "approver: nobody", "角色 nobody"),
    (ORGANS, "superior: shandong-market", "superior: mars-market", "部门 mars-market"),
    ("matters.yaml", "lead: market", "lead: magic", "部门职能 magic"),
    ("offences.yaml", "basis: zs1-16", "basis: zs1-1600", "引用 zs1-1600"),
    ("offences.yaml", "{sales_amount: 50000}", "{sales_mass: 50000}", "数额口径 sales_mass"),
    ("offences.yaml", "conduct: tobacco", "conduct: smoking", "行为种类 smoking"),
    ("offences.yaml", "matters: [tobacco]", "matters: [smoke]", "监管事项 smoke"),
    ("offences.yaml", "      amounts:\n", "      penalties:\n", "档的编号 penalties"),
    ("matters.yaml", "  offences: [illegal_fishing]\n", "", "事项 fishery 没有罪名"),
    (
        "matters.yaml",
        "offences: [illegal_fishing]",
        "offences: [illegal_fish]",
        "罪名 illegal_fish",
    ),
    (
        "regions/shandong.yaml",
        "return_clock: sd12_return",
        "return_clock: sd12_return\namounts: {fraud: {sales_amount: 5000}}",
        "数额口径 sales_amount",
    ),
    ("documents.yaml", "signer: legal_reviewer", "signer: wizard", "角色 wizard"),
    ("ladders.yaml", "to: supervisor", "to: superman", "角色 superman"),
    ("regions/shandong.yaml", "reply_clock: sd12_do", "reply_clock: sd12_nie", "时限 sd12_nie"),
    (
        "regions/shandong.yaml",
        "reply_yields: local-interim-reply",
        "reply_yields: local-nothing",
        "引用 local-nothing",
    ),
    (
        "deadlines.yaml",
        "  watched_by: {nobody: 检察机关内部的审查期限，移送机关无从登记}\n",
        "",
        "起算时限 fx12",
    ),
    (
        "deadlines.yaml",
        "label: 处罚决定办案期限\n",
        "label: 处罚决定办案期限\n  watched_by: {nobody: 忘了}\n",
        "时限 cf60 由操作起算",
    ),
    ("deadlines.yaml", "instead_of: verify_local", "instead_of: verify_lokal", "时限 verify_lokal"),
    ("deadlines.yaml", "binds: ecology", "binds: ekology", "部门职能 ekology"),
    ("deadlines.yaml", "read_by: is_within_limitation", "read_by: is_whatever", "条件 is_whatever"),
    ("deadlines.yaml", "    [cx18, verify_local,", "    [cx1800, verify_local,", "时限 cx1800"),
    (
        "lifecycles/measure.yaml",
        "{clock: qz25, reason: 检验, until",
        "{clock: qz25, reason: 中止, until",
        "没有把「中止」列为",
    ),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "word"), FAULTS, ids=[f"{one[0]}:{one[3]}" for one in FAULTS]
)
def test_an_unknown_name_is_refused_with_file_and_line(
    root: Path, name: str, old: str, new: str, word: str
) -> None:
    line = _spoil(root, name, old, new)

    found = _named(root, name, word)

    assert found
    text = (root / name).read_text(encoding="utf-8").splitlines()
    assert any(abs(one.line - line) <= 60 for one in found), (line, found)
    assert all(1 <= one.line <= len(text) for one in found)
    assert f"config/{name}:{found[0].line}: " in str(found[0])


def test_several_faults_are_named_at_once(root: Path) -> None:
    _spoil(root, CLUE, "by: [intake_clerk, system]", "by: [intake_clerk, pope]")
    _spoil(root, CASE, "issues: closing_approval", "issues: closing_song")
    _spoil(root, "matters.yaml", "lead: market", "lead: magic")

    text = "\n".join(str(one) for one in _problems(root))

    assert all(word in text for word in ("pope", "closing_song", "magic"))
    assert text.splitlines() == [str(one) for one in sorted(_problems(root))]


def test_a_state_without_a_way_in_is_named(root: Path) -> None:
    line = _spoil(root, CLUE, "  merged: {", "  limbo: {label: 悬空, ended: true}\n  merged: {")

    [found] = _named(root, CLUE, "limbo")

    assert (found.line, found.text) == (line, "没有操作能到达状态 limbo")


def test_a_state_that_only_leads_to_itself_is_not_reached(root: Path) -> None:
    _spoil(root, CLUE, "  merged: {", "  limbo: {label: 悬空}\n  merged: {")
    _spoil(
        root,
        CLUE,
        "\n  unmerge:\n",
        "\n  drift:\n    label: 漂\n    from: limbo\n    to: limbo\n    by: [supervisor]\n"
        "    basis: cx-18\n\n  unmerge:\n",
    )

    assert [one.text for one in _named(root, CLUE, "limbo")] == ["没有操作能到达状态 limbo"]


def test_a_state_without_a_way_out_is_named(root: Path) -> None:
    _spoil(
        root, CLUE, "redirected: {label: 已告知其他途径, ended: true}", "redirected: {label: 已}"
    )

    assert _named(root, CLUE, "状态 redirected 没有出路")


def test_a_clock_that_nothing_stops_is_named(root: Path) -> None:
    _spoil(root, REQUEST, "gj21_13, hj24_consult, request_reply]", "hj24_consult, request_reply]")
    _spoil(root, REQUEST, "gj21_13, hj24_consult, request_reply]", "hj24_consult, request_reply]")

    [found] = _named(root, REQUEST, "没有操作停止时限")

    assert "gj21_13" in found.text


def test_an_action_without_basis_is_named(root: Path) -> None:
    _spoil(
        root,
        REQUEST,
        '不能协助的复函, sender: "@actor", comes_to: counterpart}\n    basis: cf-26',
        '不能协助的复函, sender: "@actor", comes_to: counterpart}',
    )

    assert _named(root, REQUEST, "basis")


def test_a_key_written_twice_is_named_at_its_second_line(root: Path) -> None:
    line = _spoil(root, "roles.yaml", "handler:\n", "handler:\n  label: 甲\n  label: 乙\n")

    [found] = _named(root, "roles.yaml", "重复的键 label")[:1]

    assert found.line >= line + 2


@pytest.mark.parametrize(
    ("name", "old", "new", "word"),
    [
        ("roles.yaml", "  sees: all", "  sees: all\n  smells: roses", "未知的键"),
        ("roles.yaml", "  sees: all\n", "", "缺少"),
        ("roles.yaml", "sees: all", "sees: everything", "不合要求"),
        (CLUE, "label: 登记\n", "label: 登记\n    colour: red\n", "未知的键"),
        ("deadlines.yaml", "amount: 15,", "amount: fifteen,", "不合要求"),
    ],
)
def test_a_record_of_the_wrong_shape_is_named(
    root: Path, name: str, old: str, new: str, word: str
) -> None:
    line = _spoil(root, name, old, new)

    found = _named(root, name, word)

    assert found
    assert min(abs(one.line - line) for one in found) <= 6


def test_broken_yaml_is_named_with_its_line(root: Path) -> None:
    path = root / "roles.yaml"
    path.write_text("handler:\n  label: [甲\nother: x\n", encoding="utf-8")

    found = _named(root, "roles.yaml", "YAML")

    assert found[0].line in {2, 3, 4}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text("", encoding="utf-8"),
    ],
    ids=["missing", "empty"],
)
def test_a_missing_or_empty_file_is_named(root: Path, spoil: Callable[[Path], object]) -> None:
    spoil(root / "roles.yaml")

    assert _named(root, "roles.yaml", "")


def test_the_rulebook_is_frozen(rules: Rulebook) -> None:
    with pytest.raises(TypeError):
        rules.roles["pope"] = rules.roles["handler"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        rules.roles = {}  # type: ignore[misc]
    with pytest.raises(ValueError, match="frozen"):
        rules.roles["handler"].label = "x"  # type: ignore[misc]


def test_what_was_not_seen_is_marked_for_legal_staff(rules: Rulebook) -> None:
    marks = {one.evidence: str(one) for one in rules.citations.values()}

    assert "待法制核对" in marks["memory"] + marks["secondary"]
    assert "待法制核对" not in marks["text"]
    assert "本级约定" in marks["local"]


def test_a_clue_keeps_the_limit_it_started_with(root: Path, office: Office) -> None:
    """The law changes on 20 May: running clocks keep theirs, later clues get the new one."""
    old = "    2022-09-29: {amount: 15, unit: working_days, basis: cx-18}"
    _spoil(
        root,
        "deadlines.yaml",
        old,
        f"{old}\n    2026-05-20: {{amount: 5, unit: working_days, basis: cx-18}}",
    )
    amended = replace(office, rules=load_rulebook(root))
    before = Story(office)
    before.walk(*ACCEPTED, "verify")

    before.office = amended
    before.waits_until("2026-05-21T09:00")
    before.does("send_for_testing")
    before.waits_until("2026-05-22T09:00")
    before.does("receive_test_result")
    after = Story(amended, now=before.now)
    after.walk(*ACCEPTED)

    assert before.due("cx18") == "2026-06-02T23:59"
    assert before.running("cx18").amount == 15
    assert after.due("cx18") == "2026-05-29T23:59"
    assert after.running("cx18").amount == 5


def test_thresholds_are_judged_by_the_day(rules: Rulebook) -> None:
    offence = rules.offences["fake_goods"]

    assert offence.in_force(date(2026, 5, 11))
    assert offence.in_force(date(1990, 1, 1)) == ()
