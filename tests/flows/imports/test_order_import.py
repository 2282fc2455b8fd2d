"""A file becomes clues: every good row, once, whatever the bad ones say and whoever interrupts."""

import csv
import os
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import func
from sqlmodel import Session, col, select

from domain.files.spreadsheet import read_table
from domain.rulebook.rulebook_reading import layers
from domain.tables.matching import FingerprintBand, Suspicion
from domain.tables.process import Clock, Clue
from domain.tables.record import Event, IssuedDocument
from flows.afterwards.intake_reports import told
from flows.afterwards.outbox import claim
from flows.audit.replay import replay
from flows.door import issuance
from flows.door.reporters import open_reporter
from flows.imports import order_import
from flows.imports.clerk import Clerk
from flows.imports.incoming_file import Unusable, areas_here, channel_of, mappings
from flows.imports.order_import import import_file, open_for
from flows.imports.pushed_orders import push_orders
from flows.imports.reading_ahead import read_rows
from flows.imports.trial_import import try_file
from flows.people.actors import system_actor
from flows.rehearsal.work_orders import write_work_orders
from flows.rows.statements import ask
from flows.site.event_chain import HEAD, verify
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.moments import at
from tests.helpers.office import build_office, open_test_office, snapshot
from tests.helpers.people import actor

SHARED = Path(os.environ.get("YISONG_SHARED") or Path(__file__).parents[4] / "shared")
MESSAGES = SHARED / "data" / "citizen-messages.xlsx"
NOW = at("2026-09-22T14:00")
COLUMNS = (
    "工单编号",
    "来电时间",
    "来电人",
    "联系电话",
    "工单标题",
    "诉求内容",
    "被反映单位",
    "单位地址",
)
Rows = list[dict[str, object]]


def order(number: str, **cells: object) -> dict[str, object]:
    return {
        "工单编号": number,
        "来电时间": "2026-09-21 09:12",
        "来电人": "林小满",
        "联系电话": f"138{int(number[2:]):08d}",
        "工单标题": f"第{number}号诉求",
        "诉求内容": f"{number}街道的井盖坏了，行人容易摔倒，请派人修好。",
        **cells,
    }


def orders(count: int) -> Rows:
    return [order(f"SL{number:04d}") for number in range(1, count + 1)]


def as_csv(folder: Path, rows: Rows, name: str = "orders.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def as_workbook(folder: Path, rows: Rows) -> Path:
    path = folder / "orders.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        for place, row in enumerate(rows, start=1):
            sheet.write_row(place, 0, [str(row.get(name, "")) for name in COLUMNS])
    return path


def clerk(office: Office) -> Clerk:
    return Clerk(office, system_actor("shili-hotline"), NOW)


def counted(session: Session, table: type) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def numbers(office: Office) -> list[str]:
    with reading(office.engine) as session:
        return sorted(one or "" for one in session.exec(select(col(Clue.outside_no))))


def test_every_row_becomes_a_clue_with_clocks_event_and_registration_form(
    any_office: Office, tmp_path: Path
):
    result = import_file(clerk(any_office), as_csv(tmp_path, orders(3)))

    assert (result.registered, result.already_there, result.rejected) == (3, 0, 0)
    assert result.numbers == ("XS2026000001", "XS2026000002", "XS2026000003")
    with reading(any_office.engine) as session:
        assert {one.state for one in session.exec(select(Clue))} == {"registered"}
        assert set(session.exec(select(Clock.rule))) == {"triage", "sd12_do"}
        papers = list(session.exec(select(IssuedDocument)))
        assert [one.kind for one in papers] == ["clue_registration"] * 3
        assert all(any_office.shelf.get(one.sha256).startswith(b"PK") for one in papers)
        assert verify(session, any_office.keys.chain).holds


def test_importing_twice_changes_nothing(any_office: Office, tmp_path: Path):
    path = as_csv(tmp_path, orders(3))
    import_file(clerk(any_office), path)
    before = snapshot(any_office)

    again = import_file(clerk(any_office), path)

    assert (again.registered, again.already_there) == (0, 3)
    assert snapshot(any_office) == before


def test_the_same_number_twice_in_a_file_is_one_clue(office: Office, tmp_path: Path):
    path = as_csv(tmp_path, [*orders(2), order("SL0001", 诉求内容="另一种说法。")])

    result = import_file(clerk(office), path)

    assert (result.registered, result.already_there) == (2, 1)


def test_a_clue_keeps_its_suggestion_and_what_the_platform_said_besides(
    office: Office, tmp_path: Path
):
    row = order("SL0001", 诉求内容="超市销售过期食品，保质期被改。", 联系电话="", 来电人="")
    import_file(clerk(office), as_csv(tmp_path, [row]))

    with reading(office.engine) as session:
        facts = session.exec(select(Clue.facts)).one()

    assert facts["suggestion"]["lead"] == "shili-market"
    assert "保质期" in facts["suggestion"]["words"]
    assert 0 < facts["suggestion"]["confidence"] <= 1
    assert facts["suggestion"]["candidates"][0]["department"] == "shili-market"
    assert facts["intake"]["warnings"] == ["要求回访，但没有可用的联系电话"]


def test_nobody_finds_the_reporter_in_facts_or_events(office: Office, tmp_path: Path):
    import_file(clerk(office), as_csv(tmp_path, orders(1)))

    with reading(office.engine) as session:
        clue = session.exec(select(Clue)).one()
        event = session.exec(select(Event)).one()

    assert "林小满" not in repr((clue.facts, event.detail))
    assert clue.reporter_sealed is not None
    assert open_reporter(clue.reporter_sealed, office.keys).name == "林小满"


def test_a_likely_duplicate_is_suspected_and_nothing_is_merged(any_office: Office, tmp_path: Path):
    rows = [
        order("SL0001", 被反映单位="示例市鑫源食品有限公司"),
        order("SL0002", 被反映单位="鑫源食品公司"),
    ]
    result = import_file(clerk(any_office), as_csv(tmp_path, rows))

    assert result.suspected == 1
    with reading(any_office.engine) as session:
        found = session.exec(select(Suspicion)).one()
        assert "同一当事人名称" in found.reason
        assert session.get_one(Clue, found.clue_id).outside_no == "SL0002"
        assert {one.state for one in session.exec(select(Clue))} == {"registered"}


def test_a_portion_leaves_what_its_rows_leave_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same clues, numbers, papers and suspicions; one refused amid them changes none."""
    party = {"被反映单位": "示例市鑫源食品有限公司"}
    rows = [
        *(one | party if place % 3 == 0 else one for place, one in enumerate(orders(7))),
        order("SL0008", 单位地址="长" * 600),
        order("SL0009", 诉求内容="SL0001街道的井盖坏了，行人容易摔倒，请派人修好。"),
        order("SL0002", 工单标题="另有说法"),
    ]
    together, alone = (build_office(tmp_path / one) for one in ("together", "alone"))
    first = import_file(clerk(together), as_csv(tmp_path, rows))
    monkeypatch.setattr(order_import, "PORTION", 1)
    second = import_file(clerk(alone), as_csv(tmp_path, rows))

    told = [(one.registered, one.rejected, one.suspected, one.numbers) for one in (first, second)]
    assert told[0] == told[1] and first.suspected > 1
    left, right = snapshot(together), snapshot(alone)
    differing = {name for name in left if left[name] != right[name]}
    # Reporters are sealed with chance, and marks and hashes bind them.
    assert differing == {"clue", "event", "chain_head"}
    for office in (together, alone):
        with reading(office.engine) as session:
            assert verify(session, office.keys.chain).holds
            assert list(replay(session, office, 1, 20)) == []


def test_bad_rows_stop_nobody_and_lie_beside_the_file_with_every_reason(
    office: Office, tmp_path: Path
):
    bad = order("SL0002", 来电时间="2026-09-31 10:00", 联系电话="12")
    path = as_csv(tmp_path, [order("SL0001"), bad, order("SL0003")])

    result = import_file(clerk(office), path)

    assert (result.registered, result.rejected) == (2, 1)
    assert result.rejections == tmp_path / "orders.rejected.csv"
    with result.rejections.open(encoding="utf-8-sig", newline="") as stream:
        [kept] = csv.DictReader(stream)
    assert (kept["行号"], kept["问题字段"]) == ("3", "来电时间")
    assert "不是日历上的时间" in kept["原因"]
    assert {name: kept[name] for name in bad} == bad


def test_the_names_of_another_citys_districts_send_nothing_there(office: Office) -> None:
    """A mapping that was made for 示例市 is read at another site too."""
    names = {"城区": "shili", "示例县": "shixian", "省直": "shandong"}
    settings = office.settings.model_copy(update={"area": "shixian"})

    assert areas_here(office, names) == names
    below = areas_here(replace(office, settings=settings), {**names, "外市": "elsewhere"})
    assert "外市" not in below and below["示例县"] == "shixian"


def test_a_row_that_registration_refuses_stops_nobody(
    any_office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("INFO", "yisong.record")
    rows = [order("SL0001"), order("SL0002", 单位地址="长" * 600), order("SL0003")]

    result = import_file(clerk(any_office), as_csv(tmp_path, rows))

    assert (result.registered, result.rejected) == (2, 1)
    assert result.numbers == ("XS2026000001", "XS2026000002")
    assert result.rejections is not None
    assert "不能超过500个字" in result.rejections.read_text(encoding="utf-8-sig")
    # The first row was done twice, for the second took it back; it is told once.
    told = [vars(one)["event"] for one in caplog.records if one.name == "yisong.record"]
    assert told == [1, 2]


def test_the_rejected_rows_can_be_corrected_and_imported(office: Office, tmp_path: Path):
    path = as_workbook(tmp_path, [order("SL0001", 来电时间="昨天"), order("SL0002")])
    rejections = import_file(clerk(office), path).rejections
    assert rejections == tmp_path / "orders.rejected.xlsx"
    table = read_table(rejections)
    [row] = table.rows

    corrected = tmp_path / "corrected.csv"
    with corrected.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, table.columns)
        writer.writeheader()
        writer.writerow({**row.cells, "来电时间": "2026-09-20 08:00"})
    result = import_file(clerk(office), corrected)

    assert (result.registered, result.rejected) == (1, 0)
    assert numbers(office) == ["SL0001", "SL0002"]


def test_rejections_hold_no_formula(office: Office, tmp_path: Path):
    evil = order("SL0001", 来电时间="昨天", 工单标题="=HYPERLINK(1)", 诉求内容="@SUM(A1)")

    in_csv = import_file(clerk(office), as_csv(tmp_path, [evil])).rejections
    in_book = import_file(clerk(office), as_workbook(tmp_path, [evil])).rejections

    assert in_csv is not None and in_book is not None
    text = in_csv.read_text(encoding="utf-8-sig")
    assert ",'=HYPERLINK(1)," in text and ",'@SUM(A1)," in text
    with zipfile.ZipFile(in_book) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_where_nothing_may_be_written_beside_the_file_rejections_go_home(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = as_csv(tmp_path, [order("SL0001", 来电时间="昨天")])
    touch = Path.touch

    def touch_elsewhere(one: Path) -> None:
        if one.parent == tmp_path:
            raise PermissionError(13, "Permission denied")
        touch(one)

    monkeypatch.setattr(Path, "touch", touch_elsewhere)

    result = import_file(clerk(office), path)

    assert result.rejections == office.settings.home / "rejected" / "orders.rejected.csv"


def test_an_interrupted_import_goes_on_where_it_was(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(order_import, "PORTION", 2)
    path = as_csv(tmp_path, [*orders(5), order("SL0006", 来电时间="昨天")])

    def interrupt(done: int, total: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(clerk(office), path, progress=interrupt)
    assert numbers(office) == ["SL0001", "SL0002", "SL0003", "SL0004"]

    result = import_file(clerk(office), path)

    assert (result.registered, result.already_there, result.rejected) == (1, 4, 1)
    assert [one.name for one in tmp_path.glob(".*.part")] == []


def test_documents_that_cannot_be_kept_leave_no_clue_behind(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    before = snapshot(office)

    def broken(*_: object) -> list[dict[str, object]]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(issuance, "lying_rows", broken)

    with pytest.raises(OSError, match="No space"):
        import_file(clerk(office), as_csv(tmp_path, orders(2)))

    assert snapshot(office) == before


def test_two_imports_of_one_file_at_once_make_no_clue_twice(any_office: Office, tmp_path: Path):
    path = as_csv(tmp_path, orders(30))
    settings = any_office.settings
    offices = [open_test_office(settings.home, settings.database_url) for _ in range(2)]

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda one: import_file(clerk(one), path), offices))

    for one in offices:
        one.engine.dispose()
    assert sum(one.registered for one in results) == 30
    assert sum(one.already_there for one in results) == 30
    assert len(numbers(any_office)) == 30
    with reading(any_office.engine) as session:
        assert verify(session, any_office.keys.chain).holds


def test_a_channel_given_overrules_the_mapping(office: Office, tmp_path: Path):
    path = tmp_path / "messages.csv"
    path.write_text(
        "留言编号,留言用户,留言主题,留言时间,留言详情\n7,A0001,路灯,2026/9/1 8:00:00,路灯不亮\n",
        encoding="utf-8",
    )

    import_file(clerk(office), path)
    import_file(clerk(office), path, channel="12345")

    with reading(office.engine) as session:
        assert set(session.exec(select(Clue.channel))) == {"messages", "hotline"}
        sealed = session.exec(select(Clue.reporter_sealed)).first()
    assert sealed is not None
    assert open_reporter(sealed, office.keys).name == "A0001"


def test_every_mapping_brings_a_channel_that_registration_knows(office: Office):
    known = mappings(layers()).values()

    assert all(channel_of(office, one.channel) == one.channel for one in known)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"mapping": "66666"}, "没有列对照表「66666」，可用：12345"),
        ({"channel": "邮件"}, "没有线索来源「邮件」，可用：hotline"),
        ({"mapping": "citizen-messages"}, "缺少「市民留言」必须有的列：留言编号"),
    ],
)
def test_an_unusable_mapping_or_channel_says_what_would_do(
    office: Office, tmp_path: Path, asked: dict[str, str], says: str
):
    with pytest.raises(Unusable, match=says):
        import_file(clerk(office), as_csv(tmp_path, orders(1)), **asked)


def test_who_may_not_register_is_told_so_once(office: Office, tmp_path: Path):
    handler = replace(clerk(office), actor=actor("handler"))

    with pytest.raises(Unusable, match="「登记」只能由热线专员"):
        import_file(handler, as_csv(tmp_path, orders(2)))


def test_an_import_leaves_its_report_to_the_flows_once(office: Office, tmp_path: Path):
    path = as_csv(tmp_path, [*orders(4), order("SL0005", 来电时间="昨天")])

    result = import_file(clerk(office), path)
    import_file(clerk(office), path)

    [job] = claim(office, NOW, "worker")
    assert (job.stage, job.clue_no, job.amount) == ("intake", result.numbers[0], 4)
    assert told(office, job) == (
        "12345热线 文件导入：登记4件，已登记过0件，未登记1件，"
        f"疑似重复{result.suspected}件；第一件为{result.numbers[0]}"
    )


def test_the_rehearsal_spreadsheet_is_imported_but_for_its_bad_rows(office: Office, tmp_path: Path):
    path = tmp_path / "orders.xlsx"
    total = write_work_orders(path)

    result = import_file(clerk(office), path)

    assert result.registered + result.rejected == total
    assert (result.rejected, result.suspected) == (3, 8)


@pytest.mark.slow
@pytest.mark.skipif(not MESSAGES.is_file(), reason="the shared citizen messages are not here")
def test_all_citizen_messages_are_imported_as_they_are(office: Office):
    result = import_file(clerk(office), MESSAGES)

    assert (result.registered, result.rejected, result.rejections) == (4326, 0, None)
    assert 700 < result.suspected < 1500
    with reading(office.engine) as session:
        assert counted(session, IssuedDocument) == 4326
        assert counted(session, FingerprintBand) > 4326
        routed = select(Clue.facts).where(col(Clue.facts)["suggestion"]["lead"].as_string() != "")
        assert len(list(session.exec(routed))) > 4200


def test_an_order_that_comes_again_with_other_words_is_pointed_out(office: Office, tmp_path: Path):
    """Two matters under one number, or an addition: nothing is changed, and nothing is silent."""
    first, other = order("SL0001"), order("SL0001", 诉求内容="工地夜里施工，扬尘很大。")
    path = as_csv(tmp_path, [first, first, other])

    result = import_file(clerk(office), path)
    again = import_file(clerk(office), path)

    assert (result.registered, result.already_there) == (1, 2)
    for remarks in (result.remarks, again.remarks):
        assert [one.row for one in remarks] == [4]
        assert remarks[0].text.startswith("该编号已登记过，但内容与已登记的不同，未作改动")


def test_an_order_that_comes_again_tells_every_field_and_keeps_a_wish_for_secrecy(
    office: Office, tmp_path: Path
):
    """Files and pushes alike: SuiteCRM #2081, and a citizen who asks for secrecy afterwards."""
    import_file(clerk(office), as_csv(tmp_path, [order("SL0001")]))
    later = "工单编号,来电时间,联系电话,诉求内容,事发地点,是否保密\n"
    later += "SL0001,2026-09-21 09:12,13900000009,另一种说法,示例路9号,是\n"
    (path := tmp_path / "later.csv").write_text(later, encoding="utf-8")
    pushed = {"outside_no": "SL0001", "received_at": "2026-09-21T09:12", "content": "推送的说法"}

    tried = next(iter(try_file(clerk(office), open_for(clerk(office), path)))).warnings
    told = [one.text for one in import_file(clerk(office), path).remarks]
    with transaction(office.engine) as session:
        answers = push_orders(
            session, clerk(office), "hotline", [pushed, {**pushed, "place": "乙路"}]
        )

    assert tried == tuple(told)
    assert told[0].startswith(
        "该编号已登记过，但标题、内容、发生地点、反映人联系电话与已登记的不同"
    )
    assert "已登记保密要求；" in told[1]
    assert [one.fate for one in answers] == ["already_there"] * 2
    assert "标题、内容与" in answers[0].warnings[0]
    assert "13900000009" not in "".join(told)
    with reading(office.engine) as session:
        clue = session.exec(select(Clue)).one()
        assert clue.facts["intake"]["confidential"] is True
        assert clue.content == order("SL0001")["诉求内容"]
        assert "ask_secrecy" in session.exec(select(Event.action)).all()
    assert [one.text for one in import_file(clerk(office), path).remarks] == told[:1]


def test_rejections_import_again_as_they_were(office: Office, tmp_path: Path):
    """apache/rocketmq-dashboard #2756: the quote against formulas is nobody's word."""
    bad = order(
        "SL0001", 工单标题="＋补充反映占道", 诉求内容="-占道经营", 来电人="-", 来电时间="2026-13-01"
    )

    told = import_file(clerk(office), as_csv(tmp_path, [bad]))
    assert told.rejections is not None
    words = told.rejections.read_text(encoding="utf-8-sig").replace("2026-13-01", "2026-09-01")
    told.rejections.write_text(words, encoding="utf-8")

    assert import_file(clerk(office), told.rejections).registered == 1
    with reading(office.engine) as session:
        clue = session.exec(select(Clue)).one()
        assert (clue.title, clue.content) == ("＋补充反映占道", "-占道经营")
        assert open_reporter(clue.reporter_sealed or b"", office.keys).name == ""


def test_a_column_without_heading_that_holds_something_is_told(office: Office, tmp_path: Path):
    path = tmp_path / "orders.csv"
    path.write_text("工单编号,来电时间,诉求内容,\nSL1,2026-09-21 09:12,路灯坏了,13800000001\n")

    assert "第4列没有表头而有内容" in str(import_file(clerk(office), path).remarks[0])


def test_a_reporters_own_number_makes_no_order_different(office: Office, tmp_path: Path):
    one = order("SL0001", 诉求内容="井盖坏了，请打13800000001。")
    path = as_csv(tmp_path, [one])

    import_file(clerk(office), path)

    assert import_file(clerk(office), path).remarks == ()


def test_warnings_and_unread_columns_are_told_with_the_result(office: Office, tmp_path: Path):
    path = tmp_path / "orders.csv"
    path.write_text(
        "工单编号,来电时间,诉求内容,联系电话,统一社会信用代码,备注说明\n"
        "SL1,2026-09-21 09:12,路灯坏了,13800000001,91370000MA3ABCDEF1,急\n",
        encoding="utf-8",
    )

    result = import_file(clerk(office), path)

    told = [str(one) for one in result.remarks]
    assert told[0].startswith("没有读取的列：备注说明")
    assert told[1].startswith("第2行 SL1 “统一社会信用代码”91370000MA3ABCDEF1 有误")
    assert result.rows_remarked == 1


def test_others_wait_for_a_few_rows_of_an_import_and_not_for_all(pg_url: str, tmp_path: Path):
    """The head of the record was held for a hundred rows: clicks waited for seconds."""
    office = build_office(tmp_path / "pg", pg_url)
    file = order_import.open_for(clerk(office), as_csv(tmp_path, orders(30)))
    [rows] = read_rows(clerk(office), file, 100)
    waits: list[float] = []
    halted = threading.Event()

    def click() -> None:
        while not halted.is_set():
            began = time.monotonic()
            with transaction(office.engine) as session:
                ask(session.connection(), (HEAD, {}))
            waits.append(time.monotonic() - began)
            time.sleep(0.01)

    other = threading.Thread(target=click)
    other.start()
    began = time.monotonic()
    found = order_import.import_rows(clerk(office), rows)
    took = time.monotonic() - began
    halted.set()
    other.join()
    office.engine.dispose()

    assert found.registered == 30
    assert len(found.numbers) == 30
    assert max(waits) < took / 2
