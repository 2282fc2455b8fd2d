"""`yisong intake` as people and programs call it."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from sqlmodel import select
from typer.testing import CliRunner

from cli.main import app
from domain.tables.process import Clue
from flows.rehearsal.work_orders import write_work_orders
from flows.site.settings import Settings
from flows.site.store import open_store, reading

HEADER = "工单编号,来电时间,来电人,联系电话,工单标题,诉求内容,被反映单位\n"
GOOD = "SL1,2026-09-21 09:12,林小满,13800000001,卖过期奶,超市销售过期食品和酸奶,鑫源超市有限公司\n"
AGAIN = "SL2,2026-09-21 10:12,周晓,13800000002,过期酸奶,鑫源超市货架上的酸奶过期了,示例市鑫源超市\n"
BAD = "SL3,昨天,周晓,12,,,\n"
KEYS = [
    "row",
    "ref",
    "ok",
    "errors",
    "warnings",
    "duplicates",
    "related",
    "matter",
    "duty",
    "handling",
    "confidence",
    "department",
    "candidates",
    "reason",
]


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(HEADER + GOOD + AGAIN + BAD, encoding="utf-8")
    return path


def run(home: Path, *words: object) -> Result:
    return CliRunner().invoke(app, ["--home", str(home / "var"), *map(str, words)])


def clues(home: Path) -> int:
    engine = open_store(Settings(home=home / "var").database)
    with reading(engine) as session:
        found = len(session.exec(select(Clue.id)).all())
    engine.dispose()
    return found


def test_counts_rejections_and_suspicions_are_told(orders: Path, tmp_path: Path):
    found = run(tmp_path, "intake", orders, "--channel", "12345")

    assert found.exit_code == 0, found.output
    assert "登记2条，已登记过0条，未通过1行" in found.stdout
    assert "1条有疑似重复" in found.stdout
    assert str(tmp_path / "orders.rejected.csv") in found.stdout
    assert clues(tmp_path) == 2


def test_the_result_is_one_json_object(orders: Path, tmp_path: Path):
    run(tmp_path, "intake", orders)

    found = run(tmp_path, "intake", orders, "--json")

    told = json.loads(found.stdout)
    assert (told["registered"], told["already_there"], told["rejected"]) == (0, 2, 1)


def test_a_dry_run_tells_each_row_as_one_json_object(orders: Path, tmp_path: Path):
    found = run(tmp_path, "intake", orders, "--dry-run", "--json")

    assert found.exit_code == 0, found.output
    first, second, third = map(json.loads, found.stdout.splitlines())
    assert [list(one) for one in (first, second, third)] == [KEYS] * 3
    assert (first["row"], first["ref"], first["ok"], first["errors"]) == (2, "SL1", True, [])
    assert (first["matter"], first["department"]) == ("食品销售监督检查", "示例市市场监督管理局")
    assert first["candidates"][0]["department"] == first["department"]
    assert 0 < first["candidates"][0]["score"] <= 1
    assert "过期食品" in first["reason"] or "食品" in first["reason"]
    [duplicate] = second["duplicates"]
    assert (duplicate["ref"], 0.5 <= duplicate["score"] <= 1) == ("SL1", True)
    assert "同一当事人名称" in duplicate["reason"]
    assert (third["ref"], third["ok"], third["department"]) == ("SL3", False, None)
    assert len(third["errors"]) == 2


def test_a_dry_run_changes_nothing(orders: Path, tmp_path: Path):
    run(tmp_path, "intake", orders, "--dry-run")

    assert clues(tmp_path) == 0
    assert not (tmp_path / "orders.rejected.csv").exists()


def test_a_dry_run_compares_with_the_clues_that_are_there(orders: Path, tmp_path: Path):
    run(tmp_path, "intake", orders)
    more = tmp_path / "more.csv"
    more.write_text(HEADER + AGAIN + AGAIN.replace("SL2", "SL9"), encoding="utf-8")

    found = run(tmp_path, "intake", more, "--dry-run", "--json")

    known, fresh = map(json.loads, found.stdout.splitlines())
    assert "已经登记" in known["reason"] and "已经登记" not in fresh["reason"]
    assert [one["ref"] for one in fresh["duplicates"]] == ["SL2", "SL1"]


def test_a_dry_run_for_people_ends_with_the_counts(orders: Path, tmp_path: Path):
    found = run(tmp_path, "intake", orders, "--dry-run")

    assert all(one in found.stdout for one in ("建议主办", "会登记", "不能登记", "SL1（"))
    assert found.stdout.strip().endswith(
        "会登记2行，已登记过0行，不能登记1行，疑似重复1行，有提示0行"
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--mapping", "66666"), "可用：12345（12345热线工单）"),
        (("--channel", "邮件"), "可用：hotline（12345热线）"),
        (("--mapping", "citizen-messages"), "缺少「市民留言」必须有的列：留言编号"),
        (("--as", "nobody"), "没有「nobody」这个用户"),
    ],
)
def test_what_is_unusable_ends_with_2_and_says_what_would_do(
    orders: Path, tmp_path: Path, words: tuple[str, str], says: str
):
    found = run(tmp_path, "intake", orders, *words)

    assert found.exit_code == 2
    assert says in found.stderr
    assert found.stdout == ""


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    found = run(tmp_path, "intake", tmp_path / "none.xlsx")

    assert (found.exit_code, "none.xlsx」这个文件" in found.stderr) == (2, True)


def test_a_trial_and_the_import_agree_on_the_rehearsal(tmp_path: Path):
    path = tmp_path / "orders.xlsx"
    write_work_orders(path)

    tried = [
        json.loads(line)
        for line in run(tmp_path, "intake", path, "--dry-run", "--json").stdout.splitlines()
    ]
    told = json.loads(run(tmp_path, "intake", path, "--json").stdout)

    assert told["registered"] == sum(one["ok"] for one in tried)
    assert told["suspected"] == sum(bool(one["duplicates"]) for one in tried)


def test_warnings_are_told_by_the_import_the_trial_and_the_clue(tmp_path: Path):
    path = tmp_path / "orders.csv"
    head = "工单编号,来电时间,诉求内容,联系电话,所属区县,紧急程度,是否保密\n"
    row = "SL1,2026-09-21 09:12,路灯坏了,12345,火星区,超级急,也许\n"
    path.write_text(head + row, encoding="utf-8")

    tried = json.loads(run(tmp_path, "intake", path, "--dry-run", "--json").stdout)
    told = run(tmp_path, "intake", path).stdout
    shown = run(tmp_path, "show", "SL1").stdout

    assert len(tried["warnings"]) == 4
    assert "1行有提示，请核对：" in told
    for one in ("12345 是服务号码", "火星区", "超级急", "“也许”不认识，按要求保密处理"):
        assert any(one in each for each in tried["warnings"])
        assert one in told
        assert one in shown.replace("\n", "")


def test_an_unknown_file_is_mapped_on_the_command_line_and_then_imports(tmp_path: Path):
    path = tmp_path / "new.csv"
    path.write_text("流水,时刻,事由说明\nAB-00001,2026-09-21 10:30,路灯坏了\n", encoding="utf-8")

    lacking = run(tmp_path, "intake", path, "--map", "新平台")
    kept = run(tmp_path, "intake", path, "--map", "新平台", "--column", "内容=事由说明")
    told = json.loads(run(tmp_path, "intake", path, "--json").stdout)

    assert (lacking.exit_code, "还没有选定列：内容" in lacking.stderr) == (2, True)
    assert "已保存列对照表「新平台」" in kept.stdout
    assert told["registered"] == 1


def test_routing_tells_what_was_proposed_and_what_the_record_taught(orders: Path, tmp_path: Path):
    run(tmp_path, "intake", orders, "--channel", "12345")

    before = run(tmp_path, "routing", "report").output
    learnt = run(tmp_path, "routing", "learn")
    indexed = run(tmp_path, "duplicates", "index")

    assert "推荐率" in before
    assert "还没有从本站记录中学习" in before
    assert learnt.exit_code == 0
    assert "学习了0件线索" in learnt.output
    assert "不用于推荐" in learnt.output
    assert "不必重建" in indexed.output
