"""Whatever a contributor forgets is told by `yisong check`, in one line with file and name."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.law.flow_check import check_flows
from cli.main import app
from documents.facts import addressees, makers, specific_facts
from documents.output.rulebook_check import check_kinds
from documents.templates.template_files import TEMPLATES
from domain.guards import phrases, words
from domain.limits import board_stages
from domain.rulebook import usual_steps
from domain.rulebook.crosscheck_words import file_of
from domain.rulebook.named_functions import condition, effect, guard
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_reading import read_rulebook
from domain.shapes.lifecycles import FollowUpOrder, Lifecycle
from domain.shapes.yaml_source import Source
from domain.situation.access import relation
from domain.situation.situation import Situation
from flows.afterwards import delivery, follow_up_list
from flows.lists import waiting_work
from flows.reminders import reminder_texts
from tests.helpers.spoiling import spoil

CLUE = "lifecycles/clue.yaml"
HERE = f"{__name__.replace('.', '/')}.py:"


def is_sunny(s: Situation) -> str | None:
    """Refuses when it rains."""
    return None


def rains(s: Situation) -> bool:
    """It rains."""
    return True


def on_the_moon(s: Situation) -> bool:
    """On the moon."""
    return False


def told(config: Path) -> list[str]:
    """What is wrong with a rulebook, line by line."""
    return [str(one) for one in sorted(read_rulebook(config)[1])]


def test_a_guard_without_words_is_told(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(guard._functions, "is_sunny", is_sunny)
    spoil(config, CLUE, "[merges_into_another_clue]", "[merges_into_another_clue, is_sunny]")

    [line] = told(config)

    assert line.startswith(HERE)
    assert line.endswith(f"条件 is_sunny 没有文字，请写入 {file_of(phrases)} 的 GUARDS")


def test_a_condition_without_words_is_told(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(condition._functions, "rains", rains)
    spoil(config, CLUE, "when: came_by_hotline", "when: rains")

    lines = told(config)

    assert [one for one in lines if one.startswith(HERE)] == [
        f"{HERE}{rains.__code__.co_firstlineno}: 情形 rains 没有文字，"
        f"请写入 {file_of(phrases)} 的 CONDITIONS"
    ]


def test_a_place_without_a_chinese_name_is_told(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(relation._functions, "on_the_moon", on_the_moon)
    spoil(config, CLUE, "at: desk", "at: [desk, on_the_moon]")

    [line] = told(config)

    assert line.endswith("位置 on_the_moon 没有名称，请在函数说明的第一行写明中文名称")


def test_words_for_nothing_are_told(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "GUARDS", {**words.GUARDS, "gone": "已经没有的条件"})

    assert told(config) == [
        f"{file_of(phrases)}:1: GUARDS 中的 gone 没有对应的条件，请改名或者删去"
    ]


def test_a_function_that_no_table_calls_is_told(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(effect._functions, "rains", rains)

    assert told(config) == ["config/lifecycles:1: 没有表用到效果 rains"]


def test_a_state_that_waits_without_a_usual_step_is_told(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = {**usual_steps.USUAL["case"]}
    del steps["filed"]
    monkeypatch.setattr(usual_steps, "USUAL", {**usual_steps.USUAL, "case": steps})

    [line] = told(config)

    assert line.endswith(
        f"状态 filed 有人要办而没有通常的下一步，请写入 {file_of(usual_steps)} 的 USUAL"
    )


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ({"limbo": ("accept",)}, "流程 case 没有状态 limbo（USUAL）"),
        ({"filed": ("fly",)}, "流程 case 的状态 filed 没有操作 fly（USUAL）"),
        ({"filed": ("archive",)}, "流程 case 的状态 filed 没有操作 archive（USUAL）"),
    ],
)
def test_a_usual_step_that_does_not_exist_is_told(
    config: Path, monkeypatch: pytest.MonkeyPatch, steps: dict[str, tuple[str, ...]], line: str
) -> None:
    case = {**usual_steps.USUAL["case"], **steps}
    monkeypatch.setattr(usual_steps, "USUAL", {**usual_steps.USUAL, "case": case})

    assert told(config) == [f"{file_of(usual_steps)}:1: {line}"]


def test_a_lifecycle_without_a_stage_of_the_board_is_told(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {kind: one for kind, one in board_stages._BY_KIND.items() if kind != "dispute"}
    monkeypatch.setattr(board_stages, "_BY_KIND", known)

    assert told(config) == [
        "config/lifecycles/dispute.yaml:1: "
        f"流程 dispute 不属于看板的任何阶段，请写入 {file_of(board_stages)} 的 STAGES"
    ]


# --- what the flows have to know -----------------------------------------------------------------


def changed(rules: Rulebook, order: FollowUpOrder) -> Rulebook:
    """The rulebook with one more follow-up after a merger of clues."""
    clue = rules.lifecycles["clue"]
    merge = clue.actions["merge"]
    merge = merge.model_copy(update={"followups": (*merge.followups, order)})
    lifecycle: Lifecycle = clue.model_copy(update={"actions": {**clue.actions, "merge": merge}})
    return replace(rules, lifecycles={**rules.lifecycles, "clue": lifecycle})


def test_a_follow_up_that_no_stage_does_is_told(rules: Rulebook) -> None:
    order = FollowUpOrder(stage="transfer", task="fly_away")

    assert [str(one) for one in check_flows(changed(rules, order))] == [
        "config/lifecycles/clue.yaml:1: 操作 merge 的后续事项 transfer.fly_away 没有这项工作"
    ]


def test_a_letter_without_addressee_is_told(rules: Rulebook) -> None:
    order = FollowUpOrder(stage="transfer", task="deliver_letter")

    assert [str(one) for one in check_flows(changed(rules, order))] == [
        "config/lifecycles/clue.yaml:1: 操作 merge 要送达文书而没有收件部门，"
        f"请写入 {file_of(delivery)} 的 ADDRESSEES"
    ]


def test_a_follow_up_without_its_name_is_told(
    rules: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {key: one for key, one in follow_up_list.TASKS.items() if key != "seal_case_file"}
    monkeypatch.setattr(follow_up_list, "TASKS", names)

    assert [str(one) for one in check_flows(rules)] == [
        f"{file_of(follow_up_list)}:1: 后续事项 seal_case_file 没有名称，请写入 TASKS"
    ]


def test_a_draft_that_nobody_writes_is_told(
    rules: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = {key: one for key, one in reminder_texts.DRAFTS.items() if key != "circular"}
    monkeypatch.setattr(reminder_texts, "DRAFTS", drafts)

    found = [str(one) for one in check_flows(rules)]

    assert found
    assert all(
        f"要拟的 circular 没有文稿，请写入 {file_of(reminder_texts)}" in one for one in found
    )


def test_a_desk_whose_list_cannot_be_read_is_told(
    rules: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = {key: one for key, one in waiting_work.PLACES.items() if key != "competent_arbiter"}
    monkeypatch.setattr(waiting_work, "PLACES", places)

    assert [str(one) for one in check_flows(rules)] == [
        "config/lifecycles/dispute.yaml:1: 通常的下一步 assign 的位置 competent_arbiter "
        f"不能列入待办，请写入 {file_of(waiting_work)} 的 PLACES"
    ]


def test_what_is_committed_is_complete(rules: Rulebook) -> None:
    assert check_flows(rules) == []
    assert check_kinds(rules, Source("config/documents.yaml", {})) == []
    assert set(delivery.ADDRESSEES) <= {
        (kind, name) for kind, one in rules.lifecycles.items() for name in one.actions
    }


# --- what the documents have to know -------------------------------------------------------------


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A copy of all templates."""
    copy = tmp_path / "templates"
    shutil.copytree(TEMPLATES, copy)
    return copy


def kinds_told(rules: Rulebook, templates: Path) -> list[str]:
    source = Source("config/documents.yaml", {})
    return [str(one) for one in check_kinds(rules, source, (templates,))]


def test_a_kind_without_template_is_told(rules: Rulebook, templates: Path) -> None:
    (templates / "dispatch_slip" / "template.docx").unlink()

    assert kinds_told(rules, templates) == [
        "config/documents.yaml:1: 文书 dispatch_slip 缺少模板文件 "
        "templates/dispatch_slip/template.docx"
    ]


def test_a_title_that_differs_from_its_template_is_told(rules: Rulebook, templates: Path) -> None:
    spoil(templates, "dispatch_slip/form.yaml", "title: 线索转办单", "title: 转办单")

    assert kinds_told(rules, templates) == [
        "config/documents.yaml:1: 文书 dispatch_slip 的 title「线索转办单」"
        "与 templates/dispatch_slip/form.yaml 的「转办单」不一致"
    ]


def test_a_template_that_no_kind_uses_is_told(rules: Rulebook, templates: Path) -> None:
    shutil.copytree(templates / "dispatch_slip", templates / "love_letter")

    assert kinds_told(rules, templates) == [
        "templates/love_letter/form.yaml:1: 没有文书使用模板 love_letter，"
        "请写入 config/documents.yaml"
    ]


def test_facts_and_addressees_for_no_kind_are_told(
    rules: Rulebook, templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(specific_facts.specific, "love_letter", lambda paper, facts: {})
    monkeypatch.setattr(addressees, "MAIN", {**addressees.MAIN, "hate_mail": addressees._desk})

    assert kinds_told(rules, templates) == [
        f"{file_of(makers)}:1: 为不存在的文书 love_letter 准备了内容，请改名或者删去",
        f"{file_of(addressees)}:1: 为不存在的文书 hate_mail 准备了内容，请改名或者删去",
    ]


def test_check_ends_with_one_line_for_what_was_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = {key: one for key, one in follow_up_list.STAGES.items() if key != "archive"}
    monkeypatch.setattr(follow_up_list, "STAGES", names)

    found = CliRunner().invoke(app, ["check"])

    assert found.exit_code == 1
    assert found.stderr.splitlines() == [
        f"{file_of(follow_up_list)}:1: 阶段 archive 没有名称，请写入 STAGES",
        "共1处有误。",
    ]
