"""One fault in one file of the rulebook is told by itself: nothing else is wrong because of it."""

import shutil
from pathlib import Path

import pytest

from domain.rulebook.rulebook_reading import CONFIG, read_rulebook

CLUE = "lifecycles/clue.yaml"
FINES = "demo/site/discretion.yaml"
FAULTS = [
    # What does not fit its shape: the key is told as it stands in the file.
    ("deadlines.yaml", "{amount: 15,", "{given: 15,", [".given", "缺少 "]),
    ("deadlines.yaml", "amount: 15,", "amount: fifteen,", ["应为整数，现为「fifteen」"]),
    ("deadlines.yaml", "    2022-09-29: {", "    2022-09-31: {", ["2022-09-31 不合要求：应为日期"]),
    ("laws.yaml", "\n      article: ", "\n      artikel: ", ["缺少 ", ".artikel"]),
    ("departments.yaml", "\n  function: ", "\n  funktion: ", ["缺少 ", ".funktion"]),
    ("matters.yaml", "\n  lead: market", "\n  leed: market", ["缺少 ", ".leed"]),
    ("offences.yaml", "\nquantities:", "\nquantitys:", ["未知的键 quantitys", "缺少 quantities"]),
    (
        "offences.yaml",
        "nature: threshold",
        "nature: sum",
        ["应为threshold、qualitative、suspicion"],
    ),
    ("documents.yaml", "\n  series: ", "\n  serie: ", ["缺少 ", ".serie"]),
    ("roles.yaml", "sees: clues", "sees: everything", ["intake_clerk.sees 不合要求"]),
    ("ladders.yaml", "\n      offset: ", "\n      offst: ", ["缺少 ", ".rungs.3.offst"]),
    ("parameters.yaml", "{amount: ", "{amont: ", ["缺少 ", ".values.2021-07-15.amont"]),
    ("attachments.yaml", "\nlargest_megabytes: ", "\nlargest: ", ["缺少 ", "未知的键 largest"]),
    ("other_channels.yaml", "\n  advice: ", "\n  advise: ", ["缺少 ", ".advise"]),
    ("calendar/2022.yaml", "\nnotice: ", "\nnotise: ", ["缺少 notice", "未知的键 notise"]),
    ("calendar/statutory.yaml", "- year: ", "- jahr: ", ["缺少 0.year", "未知的键 0.jahr"]),
    ("regions/shandong.yaml", "\nlabel: ", "\nlable: ", ["缺少 label", "未知的键 lable"]),
    (CLUE, "\n    to: merged", "\n    too: merged", ["缺少 actions.merge.to", "actions.merge.too"]),
    # What is no YAML, or none at all.
    ("roles.yaml", "sees: clues", "sees: clues: more", ["YAML 语法错误：这里不能写"]),
    ("departments.yaml", "\n  function: ", "\n function: ", ["YAML 语法错误：缩进不一致"]),
    (CLUE, "states:", "states: [", ["YAML 语法错误"]),
    (FINES, "matters: passenger", "matters: pasenger", ["未知的监管事项 pasenger_tr"]),
    (FINES, "basis: local-disc", "basis: local-dics", ["未知的引用 local-dicsretion"]),
    (FINES, "{least: 5000,", "{least: 50000,", ["下限（least）大于上限（most）"]),
    (FINES, "times_of: sales_amount", "times_of: sale", ["未知的数额口径 sale"]),
    (FINES, "factors: [没有从轻、从重情形]", "factors: []", ["没有写明适用情形"]),
    (
        "rosters.yaml",
        "matters: drug_retail",
        "matters: drug_retial",
        ["未知的监管事项 drug_retial"],
    ),
    ("rosters.yaml", "basis: [wn-6", "basis: [wn-06", ["未知的引用 wn-06"]),
    ("rosters.yaml", "label: 餐饮服务", "label: 食品销售", ["标签 catering 与 food_sales 同名"]),
    ("laws.yaml", "title: ", "title: \x07", ["含有不可见的控制字符"]),
    # A name misspelt where it is used, and where it is given: one line, with the other places.
    (CLUE, "      - triage\n", "      - triaje\n", ["未知的时限 triaje，是否应为 triage？"]),
    (CLUE, "to: merged", "to: marged", ["未知的状态 marged，是否应为 merged？"]),
    (CLUE, "[merges_into_another_clue]", "[merges_into_any_clue]", ["未知的条件"]),
    (CLUE, "effects: [held_by_desk,", "effects: [held_by_nobody,", ["未知的效果 held_by_nobody"]),
    (CLUE, "\n  registered: {", "\n  registred: {", ["是否应为 registred？（另有"]),
    ("roles.yaml", "\nhandler:", "\nhandlr:", ["未知的角色 handler，是否应为 handlr？（另有"]),
    ("ladders.yaml", "\nstandard:", "\nstandart:", ["未知的提醒阶梯 standard，是否应为"]),
    ("laws.yaml", "\n    cx-18:", "\n    cx-118:", ["未知的引用 cx-18，是否应为"]),
    ("offences.yaml", "\n  sales_amount:", "\n  sales_sum:", ["未知的数额口径 sales_amount"]),
    ("documents.yaml", "\ndispatch_slip:", "\ndispatch_slop:", ["未知的文书 dispatch_slip，是否"]),
]


@pytest.mark.parametrize(("name", "old", "new", "told"), FAULTS)
def test_one_fault_is_told_by_itself(
    tmp_path: Path, name: str, old: str, new: str, told: list[str]
) -> None:
    root = tmp_path / "config"
    shutil.copytree(CONFIG, root)
    text = (root / name).read_text(encoding="utf-8")
    assert old in text, f"{name} has changed: {old}"
    (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    _, problems = read_rulebook(root)

    assert len(problems) == len(told), "\n".join(map(str, problems))
    found = "\n".join(map(str, problems))
    assert all(word in found for word in told), found
    assert "datetime" not in found
    assert "Input should" not in found


def test_a_file_in_another_encoding_is_told_by_itself(tmp_path: Path) -> None:
    root = tmp_path / "config"
    shutil.copytree(CONFIG, root)
    text = (root / "departments.yaml").read_text(encoding="utf-8")
    (root / "departments.yaml").write_bytes(text.encode("gb18030"))

    _, [problem] = read_rulebook(root)

    assert problem.file == "config/departments.yaml"
    assert "UTF-8" in problem.text


@pytest.mark.parametrize("name", ["laws.yaml", "roles.yaml", "departments.yaml", "documents.yaml"])
def test_a_missing_file_is_told_by_itself(tmp_path: Path, name: str) -> None:
    root = tmp_path / "config"
    shutil.copytree(CONFIG, root)
    (root / name).unlink()

    _, [problem] = read_rulebook(root)

    assert (problem.file, problem.text) == (f"config/{name}", "缺少文件")
