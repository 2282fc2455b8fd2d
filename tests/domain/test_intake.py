"""A row becomes a clue, or is sent back with every complaint at once."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.files.column_mapping import (
    BadMappings,
    ColumnMapping,
    UnknownColumns,
    known_headings,
    load_mappings,
    missing_columns,
    recognise,
)
from domain.files.identifiers import CREDIT_ALPHABET, credit_check, credit_code_fault, phone_number
from domain.files.rows import Cell, NoValue, RawRow
from domain.files.spreadsheet import read_table
from domain.files.work_order import IncomingClue, RowRejection, parse_row
from domain.rulebook.rulebook_reading import layers

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 9, 22, 14, 0, tzinfo=SHANGHAI)
MAPPINGS = load_mappings(layers())
HOTLINE = MAPPINGS["12345"]
MESSAGES = Path(__file__).parents[3] / "shared" / "data" / "citizen-messages.xlsx"

ORDER: dict[str, Cell] = {
    "工单编号": "SL20260921001",
    "来电时间": "2026-09-21 09:12:00",
    "来电人": "林小满",
    "联系电话": "13800000001",
    "工单标题": "超市销售过期牛奶",
    "诉求内容": "鑫源超市货架上的牛奶已过期三天。",
    "是否回访": "是",
}


def read(mapping: ColumnMapping = HOTLINE, /, **cells: Cell) -> IncomingClue | RowRejection:
    return parse_row(RawRow(2, ORDER | cells), mapping, NOW)


def clue(**cells: Cell) -> IncomingClue:
    found = read(**cells)
    assert isinstance(found, IncomingClue), str(found)
    return found


def rejection(**cells: Cell) -> RowRejection:
    found = read(**cells)
    assert isinstance(found, RowRejection)
    return found


def test_a_complete_order_becomes_a_clue_without_warnings():
    found = clue(所属区县="示例县城关镇", 紧急程度="特急", 是否保密="是")

    assert found.outside_no == "SL20260921001"
    assert found.received_at == datetime(2026, 9, 21, 9, 12, tzinfo=SHANGHAI)
    assert (found.area, found.urgency, found.confidential) == ("shixian", "critical", True)
    assert (found.channel, found.wants_reply, found.warnings) == ("hotline", True, ())


def test_a_rejection_lists_every_complaint_at_once_and_loses_no_cell():
    found = rejection(诉求内容=" ", 来电时间="2026-02-30 10:00", 联系电话="1380000", 备注="急")

    assert {one.field for one in found.complaints} == {"content", "received_at"}
    assert found.cells["备注"] == "急"
    assert str(found).startswith("第 2 行 ")
    assert "“来电时间”“2026-02-30 10:00”不是日历上的时间；应为真实的年月日时分" in str(found)


def test_a_row_that_could_not_be_taken_apart_is_rejected_for_that_reason():
    found = parse_row(RawRow(9, {"工单编号": "7"}, problem="引号未成对"), HOTLINE, NOW)

    assert isinstance(found, RowRejection)
    assert (found.outside_no, found.complaints[0].wrong) == ("7", "引号未成对")


@pytest.mark.parametrize(
    "cell",
    [
        "2026-09-21 09:05",
        "2026/9/21 9:05:00",
        "2026年9月21日 9时5分",
        "２０２６－０９－２１　０９：０５",
        "2026-09-21T09:05:00+08:00",
        "2026-09-21T01:05:00Z",
        "2026.9.21 上午9:05",
        "20260921090500",
        "20260921 9:05",
        "9月21日 上午9:05",
        "9月21日 9点5分",
        46286 + 9.0833333333 / 24,
        "46286.37847222",
        datetime(2026, 9, 21, 9, 5),  # noqa: DTZ001 - as a spreadsheet has it
        datetime(2026, 9, 21, 1, 5, tzinfo=timezone(timedelta(0))),
        1789952700,
        1789952700000,
    ],
)
def test_the_same_moment_is_read_from_every_usual_way_of_writing_it(cell: Cell):
    assert clue(来电时间=cell).received_at == datetime(2026, 9, 21, 9, 5, tzinfo=SHANGHAI)


def test_a_day_alone_is_its_midnight():
    midnight = datetime(2026, 9, 21, tzinfo=SHANGHAI)

    assert clue(来电时间=date(2026, 9, 21)).received_at == midnight
    assert clue(来电时间="2026-09-21").received_at == midnight


def test_afternoon_hours_are_told_from_morning_hours():
    assert clue(来电时间="2026-09-21 下午3:20").received_at.hour == 15
    assert clue(来电时间="2026-09-21 12:20 AM").received_at.hour == 0


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("2026-09-23 10:00", "尚未到来"),
        ("1900-01-05", "过早"),
        ("昨天上午", "不是日期"),
        (3.5, "不是日期"),
        ("2026-13-01", "不是日历上的时间"),
        (None, "没有填写"),
    ],
)
def test_an_impossible_moment_is_rejected_with_its_reason(cell: Cell, wrong: str):
    assert wrong in rejection(来电时间=cell).complaints[0].wrong


def test_an_order_number_keeps_its_digits_when_excel_made_it_a_figure():
    assert clue(工单编号=20260921001.0).outside_no == "20260921001"
    assert clue(工单编号='="00123"').outside_no == "00123"


@pytest.mark.parametrize("cell", [2.0260921000012345e17, "2.02609E+17"])
def test_an_order_number_that_excel_has_rounded_is_rejected(cell: Cell):
    assert "文本格式" in rejection(工单编号=cell).complaints[0].right


def test_a_wrong_credit_code_is_kept_with_a_warning():
    right = "91379900MA3C000017"
    code = right[:17] + credit_check(right[:17])
    wrong = code[:17] + ("0" if code[17] != "0" else "1")

    found = clue(统一社会信用代码=wrong)

    assert found.subject_code == wrong
    assert f"校验位应为“{code[17]}”" in found.warnings[0]
    assert clue(统一社会信用代码=f" {code.lower()} ").warnings == ()


@given(st.text(CREDIT_ALPHABET, min_size=17, max_size=17), st.integers(0, 16))
def test_one_altered_sign_of_a_credit_code_is_always_noticed(first: str, place: int):
    code = first + credit_check(first)
    other = next(sign for sign in CREDIT_ALPHABET if sign != code[place])

    altered = code[:place] + other + code[place + 1 :]

    assert credit_code_fault(altered) is not None


def test_a_known_good_credit_code_passes():
    """The code the standard's own readers use as an example of a check digit."""
    assert credit_code_fault("91350100M000100Y43") is None
    assert credit_code_fault("000000000000000000") is not None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("138 0000 0001", "13800000001"),
        ("+86-13800000001", "13800000001"),
        ("０５３１－８８８８８８８８", "053188888888"),
        ("13800000001/13900000002", "13800000001"),
        ("138****0001", "138****0001"),
        ("电话：13800000001（微信同号）", "13800000001"),
        ("400-800-1234", "4008001234"),
        ("139000000011", None),
        ("1380000", None),
        ("没电话", None),
    ],
)
def test_telephone_numbers_are_read_as_people_write_them(written: str, number: str | None):
    assert phone_number(written) == number


def test_nobody_is_turned_away_for_his_telephone_number():
    """It is kept with what he is; the warning, which others read, does not repeat it."""
    assert clue(被反映单位电话="12").warnings
    found = clue(联系电话="1380000000")

    assert found.reporter_phone == "1380000000"
    assert "不是电话号码，按原样保存" in found.warnings[0]
    assert "1380000000" not in "".join(found.warnings)
    assert clue(联系电话="没电话").reporter_phone == ""


def test_a_day_without_its_year_is_the_last_one_and_says_so():
    found = clue(来电时间="12月30日 上午8点")

    assert found.received_at == datetime(2025, 12, 30, 8, tzinfo=SHANGHAI)
    assert "没有写年份，按2025年登记" in found.warnings[0]


def test_a_caller_without_phone_who_wants_an_answer_is_a_warning():
    assert "没有可用的联系电话" in clue(联系电话="无").warnings[0]
    assert clue(联系电话="无", 是否回访="否").warnings == ()


@pytest.mark.parametrize("said", ["保密", "要求保密", "希望保密", "也许", "不详", "=NOW()", "是"])
def test_who_may_have_asked_for_confidence_gets_it(said: str):
    """A name once told cannot be taken back; what is not understood is a wish for silence."""
    found = clue(是否保密=said)

    assert found.confidential
    known = said in HOTLINE.values["confidential"]
    assert any("是否保密" in one for one in found.warnings) is not known


@pytest.mark.parametrize("said", [None, "", "否", "不要求保密", "实名", "无"])
def test_who_did_not_ask_for_confidence_is_treated_as_usual(said: Cell):
    found = clue(是否保密=said)

    assert (found.confidential, found.warnings) == (False, ())


def test_a_service_number_is_nobodys_telephone():
    assert "服务号码" in clue(联系电话="12345").warnings[0]


@pytest.mark.parametrize("cell", ["#REF!", "=NOW()", NoValue("=A2")])
def test_a_formula_or_error_is_called_what_it_is(cell: Cell):
    complaint = rejection(来电时间=cell).complaints[0]

    assert complaint.wrong == f"是公式或错误值（{cell}）"
    assert "粘贴为数值" in complaint.right
    assert "公式或错误值" in clue(事发地点=cell).warnings[0]


def test_an_unknown_word_warns_and_the_default_holds():
    found = clue(紧急程度="马上")

    assert found.urgency == "normal"
    assert "“马上”不认识" in found.warnings[0]


def test_unprintable_signs_never_reach_the_database():
    found = clue(诉求内容="牛奶\x00过期\u200b了\ud800", 工单标题="　牛奶　过期 ")

    assert (found.content, found.title) == ("牛奶过期了", "牛奶 过期")


def test_an_order_without_title_is_called_by_its_content():
    assert clue(工单标题="").title == "鑫源超市货架上的牛奶已过期三天。"


def test_an_overlong_title_is_cut_and_kept_whole_in_the_content():
    title = "标" * 300

    found = clue(工单标题=title)

    assert len(found.title) == 200
    assert found.content.startswith(title)


def test_an_overlong_content_is_rejected():
    assert "过长" in rejection(诉求内容="长" * 20_001).complaints[0].wrong


@given(st.dictionaries(st.sampled_from(sorted(ORDER)), st.none() | st.text() | st.floats()))
def test_no_cell_whatever_makes_a_row_crash(cells: dict[str, Cell]):
    assert isinstance(read(**cells), IncomingClue | RowRejection)


# --- which platform a file comes from --------------------------------------------------------


def test_a_header_is_recognised_whatever_its_order_and_marks():
    columns = ("*诉求内容", "来电时间（必填）", "工单编号 ", "别的")

    assert recognise(columns, MAPPINGS) == "12345"


def test_every_mapping_recognises_its_own_usual_header():
    for name, mapping in MAPPINGS.items():
        columns = tuple(names[0] for names in mapping.columns.values())
        assert recognise(columns, MAPPINGS) == name


def test_an_unknown_header_names_what_each_mapping_lacks():
    with pytest.raises(UnknownColumns, match="12345（12345热线工单）缺少列 工单编号、来电时间"):
        recognise(("姓名", "诉求内容"), MAPPINGS)
    with pytest.raises(UnknownColumns, match="“来电日期”可能是“来电时间”，请改表头"):
        recognise(("工单编号", "来电日期", "诉求内容"), MAPPINGS)


def test_a_required_field_filled_by_a_constant_needs_no_column():
    mapping = HOTLINE.model_copy(update={"required": ("outside_no", "area")})

    assert missing_columns(mapping, ("工单编号", "所属区县")) == ()


def test_a_mapping_with_a_stray_key_names_file_and_line(tmp_path: Path):
    folder = tmp_path / "config" / "mappings"
    folder.mkdir(parents=True)
    (folder / "x.yaml").write_text("label: 甲\nchanel: a\n", encoding="utf-8")

    with pytest.raises(BadMappings, match=r"mappings/x\.yaml:2: 未知的键 chanel"):
        load_mappings(layers(folder.parent))


def test_a_supervision_platform_line_becomes_a_clue(tmp_path: Path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"线索编号": "FX-1", "发现时间": "2026-09-21T08:00:00+08:00",'
        ' "风险描述": "许可证过期仍经营", "主体": {"名称": "示例市鑫源食品有限公司"},'
        ' "风险等级": "高风险", "区划": "示例县"}\n',
        encoding="utf-8",
    )
    table = read_table(path, known_headings(MAPPINGS.values()))
    mapping = MAPPINGS[recognise(table.columns, MAPPINGS)]

    found = parse_row(next(table.rows), mapping, NOW)

    assert isinstance(found, IncomingClue)
    assert (found.channel, found.area, found.urgency) == ("platform", "shixian", "urgent")
    assert (found.subject_name, found.wants_reply) == ("示例市鑫源食品有限公司", False)


@pytest.mark.skipif(not MESSAGES.exists(), reason="the shared messages are not here")
def test_all_shared_messages_import_as_they_are():
    table = read_table(MESSAGES, known_headings(MAPPINGS.values()))
    mapping = MAPPINGS[recognise(table.columns, MAPPINGS)]

    found = [parse_row(row, mapping, NOW) for row in table.rows]

    clues = [one for one in found if isinstance(one, IncomingClue)]
    assert (len(found), len(clues), table.total) == (4326, 4326, 4326)
    assert len({one.outside_no for one in clues}) == 4326
    assert not any(one.warnings for one in clues)
