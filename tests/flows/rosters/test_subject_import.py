"""Files laid over the roster of subjects: what each row does, and why some do nothing."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from sqlmodel import Session, col, select

from domain.tables.record import Event
from domain.tables.roster import CreditClass, Subject, SubjectChange, SubjectTag
from flows.people.user_keeping import NotKept
from flows.rosters.roster_list import Wanted, subjects
from flows.rosters.subject_import import import_subjects, try_subjects
from flows.site.event_chain import verify
from flows.site.office import Office
from tests.helpers.office import build_office, snapshot
from tests.helpers.rosters import DAY, code_of, firm, keeper_at, write_csv


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return build_office(tmp_path / "home")


def _told(office: Office, path: Path) -> dict[int, tuple[str, str]]:
    """What becomes of each row, and what is said of it."""
    found = try_subjects(keeper_at(office, "supervisor"), path)
    return {one.row: (one.kind, "；".join((*one.faults, *one.questions))) for one in found.fates}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"统一社会信用代码": code_of(1)[:17] + "Z"}, "不得含有“Z”"),
        ({"统一社会信用代码": "370102200001234"}, "15位的旧注册号，请填写18位"),
        ({"统一社会信用代码": "91370000MAOOOOOOOI"}, "不得含有“IO”"),
        ({"统一社会信用代码": "11010519491231002X"}, "不登记个人身份证件号码"),
        ({"统一社会信用代码": ""}, "企业以统一社会信用代码登记"),
        ({"名称": ""}, "“名称”没有填写"),
        ({"类别": "公司"}, "“公司”不在名录的用语里"),
        ({"标签": "餐饮服物"}, "“餐饮服物”不在名录的用语里，是否指“餐饮服务”"),
        ({"状态": "倒闭"}, "“倒闭”不在名录的用语里"),
        ({"信用风险等级": "F"}, "“F”不是山东省企业信用风险分类的等级，应为A、B、C、D、E之一"),
        ({"信用风险等级": "B", "评价日期": "2026-05-12"}, "“评价日期”晚于今天"),
        ({"名称": "#REF!"}, "公式或者错误值"),
    ],
)
def test_a_row_that_cannot_be_right_is_set_aside_with_its_reason_and_the_rest_goes_in(
    office: Office, tmp_path: Path, given: dict[str, object], wrong: str
) -> None:
    """Design of the ring, section 8; GB 32100-2015 for the credit code."""
    path = write_csv(tmp_path / "a.csv", [firm(1, **given), firm(2)])

    told = _told(office, path)

    assert told[2][0] == "aside"
    assert wrong in told[2][1]
    assert told[3] == ("added", "")


def test_a_wrong_check_sign_names_the_right_one(office: Office, tmp_path: Path) -> None:
    code = code_of(7)
    spoilt = code[:17] + ("1" if code[17] != "1" else "2")

    [told] = _told(
        office, write_csv(tmp_path / "a.csv", [firm(7, 统一社会信用代码=spoilt)])
    ).values()

    assert f"校验位应为“{code[17]}”" in told[1]


def test_all_reasons_of_a_row_are_told_at_once(office: Office, tmp_path: Path) -> None:
    row = firm(1, 名称="", 标签="不明", 统一社会信用代码="12")

    [told] = _told(office, write_csv(tmp_path / "a.csv", [row])).values()

    assert [one in told[1] for one in ("“名称”没有填写", "“不明”", "应为18位，实为2位")] == [
        True
    ] * 3


def test_the_same_code_under_two_names_is_one_subject_and_a_question(
    office: Office, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", [firm(1), firm(1, 名称="示例市新名餐饮有限公司")])

    told = _told(office, path)
    import_subjects(keeper_at(office), path, "a.csv")

    assert told[3][0] == "changed"
    assert "名称不同" in told[3][1]
    with Session(office.engine) as session:
        [row] = session.exec(select(Subject)).all()
    assert row.names == ["示例市1号餐饮有限公司", "示例市新名餐饮有限公司"]
    assert row.name == "示例市1号餐饮有限公司"


def test_trying_a_file_changes_nothing(office: Office, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [firm(1), firm(2)])
    before = snapshot(office)

    try_subjects(keeper_at(office), path)

    assert snapshot(office) == before


def test_a_file_taken_in_twice_changes_nothing_the_second_time(
    office: Office, tmp_path: Path
) -> None:
    supervisor = keeper_at(office, "supervisor")
    path = write_csv(tmp_path / "a.csv", [firm(1, 信用风险等级="B"), firm(2)])
    import_subjects(supervisor, path, "a.csv")
    before = snapshot(office)

    again = import_subjects(supervisor, path, "a.csv")

    assert again.counts["same"] == 2
    assert snapshot(office) == before


def test_an_adjustment_is_on_record_with_what_was_before_and_the_file_it_came_from(
    office: Office, tmp_path: Path
) -> None:
    """鲁政办发〔2023〕14号三（一）第3项：实施动态调整."""
    import_subjects(keeper_at(office), write_csv(tmp_path / "a.csv", [firm(1)]), "a.csv")
    import_subjects(
        keeper_at(office), write_csv(tmp_path / "b.csv", [firm(1, 地址="新址9号")]), "b.csv"
    )

    with Session(office.engine) as session:
        changes = session.exec(select(SubjectChange).order_by(col(SubjectChange.id))).all()
        events = session.exec(select(Event).where(Event.process_kind == "subject")).all()
        assert verify(session, office.keys.chain).holds
    assert changes[1].before == {"address": "示例路1号"}
    assert changes[1].after == {"address": "新址9号"}
    assert changes[1].source.startswith("b.csv（SHA-256 ")
    assert [one.event for one in changes] == [one.seq for one in events]


def test_the_report_says_of_an_adjusted_row_what_it_changes_and_of_a_class_only_that_it_is_newer(
    office: Office, tmp_path: Path
) -> None:
    """A row that ends a subject must not look like one that adds a telephone number."""
    supervisor = keeper_at(office, "supervisor")
    first = firm(1, 信用风险等级="B", 评价日期="2026-05-01")
    import_subjects(supervisor, write_csv(tmp_path / "a.csv", [first]), "a.csv")
    ended = firm(1, 状态="注销", 地址="新址9号", 标签="公共场所", 信用风险等级="D")

    [fate] = try_subjects(supervisor, write_csv(tmp_path / "b.csv", [ended])).fates

    assert fate.changes == (
        "状态：存续改为注销",
        "地址：示例路1号改为新址9号",
        "标签：增加公共场所",
        "登记新的信用风险等级",
    )


def test_a_row_of_another_name_does_not_end_a_subject(office: Office, tmp_path: Path) -> None:
    """Whose code was typed by mistake must not leave the frame without a word."""
    import_subjects(keeper_at(office), write_csv(tmp_path / "a.csv", [firm(1)]), "a.csv")
    other = write_csv(tmp_path / "b.csv", [firm(1, 名称="示例市旧店", 状态="注销")])

    told = _told(office, other)
    import_subjects(keeper_at(office), other, "b.csv")

    assert told[2][0] == "aside"
    assert "名录中为“示例市1号餐饮有限公司”），不能据此改为注销" in told[2][1]
    with Session(office.engine) as session:
        assert [one.status for one in session.exec(select(Subject))] == ["active"]


def test_a_ceased_subject_is_not_brought_back_by_a_file(office: Office, tmp_path: Path) -> None:
    import_subjects(
        keeper_at(office), write_csv(tmp_path / "a.csv", [firm(1, 状态="注销")]), "a.csv"
    )

    [told] = _told(office, write_csv(tmp_path / "b.csv", [firm(1)])).values()

    assert told[0] == "aside"
    assert "名录中已注销，不能由导入恢复" in told[1]


def test_a_class_never_goes_back_silently(office: Office, tmp_path: Path) -> None:
    supervisor = keeper_at(office, "supervisor")
    graded = firm(1, 信用风险等级="C", 评价日期="2026-05-01")
    import_subjects(supervisor, write_csv(tmp_path / "a.csv", [graded]), "a.csv")
    older = firm(1, 信用风险等级="A", 评价日期="2026-04-01")

    [told] = _told(office, write_csv(tmp_path / "b.csv", [older])).values()

    assert told[0] == "aside"
    assert "评价日期早于已有的等级（2026-05-01）" in told[1]
    with Session(office.engine) as session:
        assert [one.grade for one in session.exec(select(CreditClass))] == ["C"]


def test_classes_in_a_handlers_file_are_left_out_with_the_reason_and_the_rest_goes_in(
    office: Office, tmp_path: Path
) -> None:
    """不公开: a class is entered by who may see it (decision 57), whichever file bears it."""
    rows = [firm(1, 信用风险等级="F", 评价日期="2027-01-01"), firm(2, 信用风险等级="B"), firm(3)]
    path = write_csv(tmp_path / "a.csv", rows)

    found = import_subjects(keeper_at(office), path, "a.csv")

    assert [one.kind for one in found.fates] == ["added"] * 3
    assert [told for told in found.remarks if "等级" in told] == [
        "2行填写的“信用等级”没有登记：信用风险等级不公开，由督办员导入；其他各列照常登记，"
        "需要登记等级的，请把文件交督办员导入"
    ]
    with Session(office.engine) as session:
        assert session.exec(select(CreditClass)).all() == []
    supervisor = keeper_at(office, "supervisor")
    assert [one.kind for one in import_subjects(supervisor, path, "a.csv").fates] == [
        "aside", "changed", "same",
    ]  # fmt: skip
    with Session(office.engine) as session:
        assert [one.grade for one in session.exec(select(CreditClass))] == ["B"]


def test_tags_are_dated_so_that_an_earlier_frame_can_be_rebuilt(
    office: Office, tmp_path: Path
) -> None:
    later = DAY + timedelta(days=60)
    import_subjects(keeper_at(office), write_csv(tmp_path / "a.csv", [firm(1)]), "a.csv")
    import_subjects(
        keeper_at(office, day=later), write_csv(tmp_path / "b.csv", [firm(1, 标签="食品销售")]), "b"
    )

    def bearing(tag: str, day: date) -> int:
        with Session(office.engine) as session:
            return subjects(session, Wanted("shili", tag=tag), day).total

    assert [bearing("food_sales", one) for one in (DAY, later)] == [0, 1]
    assert [bearing("catering", one) for one in (DAY - timedelta(days=1), DAY, later)] == [0, 1, 1]


def test_what_has_no_credit_code_gets_a_permanent_number(office: Office, tmp_path: Path) -> None:
    """渭南方案三（六）：产品、项目、设施设备、场地场所等也在名录."""
    place = firm(1, 名称="示例小学食堂", 类别="学校", 统一社会信用代码="", 标签="学校食堂")

    import_subjects(keeper_at(office), write_csv(tmp_path / "a.csv", [place]), "a.csv")

    with Session(office.engine) as session:
        [row] = session.exec(select(Subject)).all()
        tags = [one.tag for one in session.exec(select(SubjectTag))]
    assert (row.key, row.credit_code, tags) == ("ML2026000001", None, ["school_food"])


def test_a_workbook_is_read_like_any_other_file(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["监管对象名录"])
        sheet.write_row(1, 0, ["企业名称", "统一社会信用代码", "标签"])
        sheet.write_row(2, 0, ["示例甲公司", code_of(5), "餐饮服务、食品销售"])

    found = import_subjects(keeper_at(office), path, "a.xlsx")

    assert found.counts["added"] == 1
    with Session(office.engine) as session:
        assert session.exec(select(Subject.kind)).one() == "enterprise"


def test_a_file_without_names_is_refused_whole_and_told_the_columns(
    office: Office, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", [{"编号": "1", "内容": "x"}])

    with pytest.raises(NotKept, match="没有找到“名称”列；可用的列名：名称、类别、统一社会信用代码"):
        try_subjects(keeper_at(office), path)
