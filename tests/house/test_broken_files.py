"""A broken file of the site is told in one line, with file and key, wherever it is used."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.main import app
from documents.templates.check import check_all, check_folder
from documents.templates.template_files import TEMPLATES
from domain.files.column_mapping import read_mappings
from domain.rulebook.mapping_check import check_mappings
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_reading import layers
from flows.rehearsal.demo_check import check_demo
from flows.rehearsal.work_orders import write_work_orders
from tests.helpers.spoiling import spoil

HOTLINE = "mappings/12345.yaml"
CITY = "demo/site/mappings/12345.yaml"
FAULTY = [
    ("\nchannel: ", "\nchanel: ", ["缺少 channel", "未知的键 chanel"]),
    ("not_before: 2000-01-01", "not_before: 2000-13-01", ["not_before 不合要求：应为日期"]),
    ("  title: [", "  titel: [", ["columns.titel 不合要求：应为outside_no、"]),
    ("left_out: [", "left_out: [[", ["YAML 语法错误：方括号没有写完"]),
    ("required: [", "time_zone: Asia/Shnghai\nrequired: [", ["没有「Asia/Shnghai」这个时区"]),
    ("required: [", "date_formats: ['%Q']\nrequired: [", ["「%Q」不是日期格式"]),
    (
        "  subject_code: [统一社会信用代码, 社会信用代码, 信用代码]",
        "  subject_code: []",
        ["至少应有一项"],
    ),
]


@pytest.mark.parametrize(("old", "new", "told"), FAULTY)
def test_one_fault_in_a_mapping_is_told_by_itself(
    config: Path, old: str, new: str, told: list[str]
) -> None:
    sound = set(read_mappings(layers(config))[0])
    spoil(config, HOTLINE, old, new)

    found, problems = read_mappings(layers(config))

    assert set(found) == sound - {"12345"}
    assert len(problems) == len(told), problems
    assert all(one.file == f"config/{HOTLINE}" for one in problems)
    assert all(any(word in one.text for one in problems) for word in told), problems


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        (HOTLINE, ("\nchannel: hotline", "\nchannel: pigeon"), "没有线索来源「pigeon」"),
        (CITY, ("    示例县: shixian", "    示例县: nowhere"), "没有地区「nowhere」的部门"),
    ],
)
def test_a_mapping_names_channels_and_areas_of_the_site(
    config: Path, rules: Rulebook, name: str, change: tuple[str, str], told: str
) -> None:
    line = spoil(config, name, *change)
    roots = layers(config)

    [problem] = check_mappings(rules, read_mappings(roots)[0], roots)

    assert problem.file == f"config/{name}"
    assert problem.line in {line, line + 1}
    assert told in problem.text


def test_no_mapping_at_all_is_told(config: Path) -> None:
    shutil.rmtree(config / "mappings")
    shutil.rmtree(config / "demo")

    _, [problem] = read_mappings(layers(config))

    assert str(problem) == "config/mappings:1: 没有任何列对照表"


def test_import_at_the_command_line_says_which_mapping_is_broken(
    broken_mapping: str, tmp_path: Path
) -> None:
    orders = tmp_path / "orders.xlsx"
    write_work_orders(orders)

    found = yisong("--home", tmp_path / "var", "intake", orders)

    assert found.exit_code == 2
    assert broken_mapping in found.stderr
    assert len(found.stderr.splitlines()) == 1
    assert isinstance(found.exception, SystemExit)


def yisong(*words: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in words])


def test_check_tells_every_broken_file_at_once_each_in_one_line(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.law.check.CONFIG", config)
    spoil(config, HOTLINE, "not_before: 2000-01-01", "not_before: bald")
    spoil(config, "roles.yaml", "sees: clues", "sees: everything")
    spoil(config, "demo/users.yaml", "role: handler", "rolle: handler")

    found = yisong("check")

    lines = found.stderr.splitlines()
    assert found.exit_code == 1
    assert [one.partition(" ")[0] for one in lines] == [
        "config/mappings/12345.yaml:89:",
        "config/roles.yaml:6:",
        "共2处有误。",
    ]


# --- the demonstration ---------------------------------------------------------------------------

DEMO = [
    ("users", "role: handler", "rolle: handler", ["缺少 0.role", "未知的键 0.rolle"]),
    ("users", "department: shili-development", "department: x", ["的部门 x 不在"]),
    ("users", "role: handler", "role: pope", ["的岗位 pope 不在"]),
    ("users", "- {id: ", "- {id: [", ["YAML 语法错误"]),
    ("work-orders", "defaults: {", "default: {", ["未知的键 default", "缺少 defaults"]),
    ("work-orders", "  offender: unit", "  offender: firm", ["orders.0.offender 不合要求"]),
    ("work-orders", "  story: ", "  sotry: ", ["未知的键 orders.0.sotry"]),
    ("work-orders", "- 工单编号: ", "- 工单号: ", ["缺少 orders.0.工单编号"]),
    ("work-orders", "facts: {sales_amount: ", "facts: {sales: ", ["的数额口径 sales 不在"]),
    ("narratives", "  found: ", "  fuond: ", ["未知的键 SL20260921001.fuond"]),
    ("narratives", "competent: [ecology]", "competent: [magic]", ["的部门职能 magic 没有部门"]),
]


@pytest.mark.parametrize(
    ("name", "change", "told"), [(name, (old, new), told) for name, old, new, told in DEMO]
)
def test_one_fault_in_the_demonstration_is_told_by_itself(
    config: Path, rules: Rulebook, name: str, change: tuple[str, str], told: list[str]
) -> None:
    spoil(config, f"demo/{name}.yaml", *change)

    problems = check_demo(rules, config / "demo")

    assert len(problems) == len(told), problems
    assert {one.file for one in problems} == {f"config/demo/{name}.yaml"}
    assert all(any(word in one.text for one in problems) for word in told), problems


def test_a_site_without_a_demonstration_has_no_problem(tmp_path: Path, rules: Rulebook) -> None:
    assert check_demo(rules, tmp_path / "demo") == []


# --- templates -----------------------------------------------------------------------------------

KIND = "dispatch_slip"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A copy of one template's folder that a test may break."""
    copy = tmp_path / "templates" / KIND
    shutil.copytree(TEMPLATES / KIND, copy)
    return copy


def test_a_sound_template_has_no_complaint(template: Path) -> None:
    assert check_folder(template) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: ", "titel: ", "form.yaml:1: 未知的键 titel"),
        ("layout: ", "layout: paper-", "layout 不合要求：应为letter、form、redhead、list之一"),
        ("fields:", "fields: [", "YAML 语法错误"),
    ],
)
def test_a_broken_form_is_one_line(template: Path, old: str, new: str, told: str) -> None:
    spoil(template, "form.yaml", old, new)

    [complaint] = check_all(template.parent)

    assert str(complaint).startswith(f"templates/{KIND}/form.yaml:")
    assert told in str(complaint)
    assert "\n" not in str(complaint)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"文号": 1,\n "x"', f"templates/{KIND}/sample.json:2: 不是正确的 JSON"),
        ("[]", f"templates/{KIND}/sample.json：应为「事实: 内容」"),
        (json.dumps({"登记时间": "早上"}), f"templates/{KIND}/sample.json：“登记时间”应为时间"),
        (None, f"templates/{KIND}/sample.json：缺少文件"),
    ],
)
def test_a_broken_sample_is_one_line(template: Path, content: str | None, told: str) -> None:
    sample = template / "sample.json"
    sample.unlink() if content is None else sample.write_text(content, encoding="utf-8")

    [complaint] = check_all(template.parent)

    assert str(complaint).startswith(told)
    assert "\n" not in str(complaint)
    assert "Invalid" not in str(complaint)


def test_a_missing_word_file_is_one_line(template: Path) -> None:
    (template / "template.docx").unlink()

    assert [str(one) for one in check_all(template.parent)] == [
        f"templates/{KIND}/template.docx：缺少文件"
    ]
