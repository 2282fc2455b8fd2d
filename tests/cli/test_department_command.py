"""`yisong department`: where an organ's court and hearing floors are shown and entered."""

import re
from pathlib import Path

from typer.testing import CliRunner

from cli.main import app


def run(home: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["--home", str(home), *words])
    return done.exit_code, done.output


def test_what_is_not_entered_is_said_and_can_be_entered(tmp_path: Path) -> None:
    code, told = run(tmp_path, "department", "show", "shandong-health")
    assert code == 0
    assert "管辖法院：没有登记（由管理员登记）" in told
    assert "听证数额：没有登记" in told

    floor = ("--floor", "2000", "20000", "--floor-source", "示例省听证规定第六条")
    court = ("--court", "示例市示例区人民法院")
    code, told = run(tmp_path, "department", "set", "shandong-health", *court, *floor)
    assert code == 0, told

    _, told = run(tmp_path, "department", "show", "shandong-health")
    assert "管辖法院：示例市示例区人民法院" in told
    assert "自然人2,000元、单位20,000元（示例省听证规定第六条）" in told


def test_numbers_begin_with_the_organs_letters_where_its_own_count_goes_on(
    tmp_path: Path,
) -> None:
    code, told = run(tmp_path, "department", "set", "shili-health", "--short", "示卫健委")
    assert code == 0, told
    code, told = run(tmp_path, "department", "numbers", "shili-health", "处罚", "47")
    assert code == 0, told
    assert re.search(r"示卫健委处罚〔\d{4}〕47号", told)
    assert "「示卫健委」自" in told

    code, told = run(tmp_path, "department", "set", "shili-market", "--short", "示卫健委")
    assert code == 2
    assert "正在使用这个机关代字" in told
    code, told = run(tmp_path, "department", "numbers", "shili-health", "没有的", "1")
    assert (code, "没有这个文号系列" in told) == (2, True)


def test_a_wrong_court_or_department_is_refused_in_words(tmp_path: Path) -> None:
    code, told = run(tmp_path, "department", "set", "shili-market", "--court", "某法庭")
    assert code == 2
    assert "请填写法院的全称" in told

    code, told = run(tmp_path, "department", "show", "mars-market")
    assert code == 2
    assert "没有「mars-market」这个部门" in told
