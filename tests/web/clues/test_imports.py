"""Import by upload: nothing is registered before every row's fate was shown."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session, func, select

from domain.situation.situation import CHINA
from domain.tables.process import Clue
from flows.rehearsal.work_orders import read_work_orders, write_work_orders
from tests.web.conftest import Workbench


@pytest.fixture
def orders(tmp_path: Path) -> bytes:
    """The rehearsal's spreadsheet."""
    path = tmp_path / "orders.xlsx"
    write_work_orders(path)
    return path.read_bytes()


def _clues(workbench: Workbench) -> int:
    with Session(workbench.office.engine) as session:
        return session.exec(select(func.count()).select_from(Clue)).one()


def _key(text: str) -> str:
    found = re.search(r'action="(/clues/import/[0-9a-f]{32})"', text)
    assert found
    return found[1]


def test_preview_shows_every_rows_fate_and_changes_nothing(
    workbench: Workbench, orders: bytes
) -> None:
    answer = workbench.at("desk").post("/clues/import", files={"file": ("工单.xlsx", orders)})

    assert answer.status_code == 200
    fates = answer.text.count("会登记</span>") + answer.text.count("不能登记</span>")
    assert fates == len(read_work_orders().orders)
    assert "疑似重复" in answer.text
    assert _clues(workbench) == 0


def test_confirmed_import_registers_and_gives_back_the_rejected_rows(
    workbench: Workbench, orders: bytes
) -> None:
    workbench.clock.now = datetime(2026, 9, 25, 9, 0, tzinfo=CHINA)
    client = workbench.at("desk")
    key = _key(client.post("/clues/import", files={"file": ("工单.xlsx", orders)}).text)

    client.post(key, data={"name": "工单.xlsx"})
    while "正在导入" in (text := client.get(key).text):
        pass
    rejected = client.get(f"{key}/rejected")
    listed = client.get("/clues/import").text.partition("次导入</caption>")[2]

    assert "工单.xlsx" in listed and "未通过3行" in listed
    assert "未通过3行" not in workbench.at("handler").get("/messages").text
    registered = re.search(r"登记<strong>(\d+)</strong>条", text)
    assert registered
    assert _clues(workbench) == int(registered[1]) > 50
    assert f'href="{key}"' in client.get("/clues/import").text
    told = client.get("/messages").text
    assert "导入结束：工单.xlsx" in told and f'href="{key}"' in told
    (queue,) = re.findall(r"/duplicates\?import=[0-9a-f]{32}", text)
    assert "相似度" in client.get(queue).text and "只看这次导入的" in client.get(queue).text
    assert rejected.content.startswith(b"PK")


def test_kept_upload_is_its_senders_alone(workbench: Workbench, orders: bytes) -> None:
    key = _key(workbench.at("desk").post("/clues/import", files={"file": ("a.xlsx", orders)}).text)

    answer = workbench.at("handler").post(key, data={"name": "a.xlsx"})

    assert answer.status_code == 403
    assert _clues(workbench) == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", b"PK\x03\x04 not really"), ("a.csv", b"x,y\n1,2\n"), ("a.csv", b"")],
)
def test_file_of_no_use_is_told_by_its_own_name(
    workbench: Workbench, name: str, content: bytes
) -> None:
    answer = workbench.at("desk").post("/clues/import", files={"file": (name, content)})

    assert answer.status_code == 422
    assert str(workbench.office.settings.home) not in answer.text


@pytest.mark.parametrize("key", ["0" * 32, "..%2f..%2fkeys", "x" * 32])
def test_unknown_upload_is_told(workbench: Workbench, key: str) -> None:
    client = workbench.at("desk")

    assert client.get(f"/clues/import/{key}").status_code in {404, 422}


def test_import_in_the_browser_says_which_mapping_is_broken(
    broken_mapping: str, workbench: Workbench, tmp_path: Path
) -> None:
    write_work_orders(tmp_path / "orders.xlsx")
    content = (tmp_path / "orders.xlsx").read_bytes()

    answer = workbench.at("desk").post("/clues/import", files={"file": ("工单.xlsx", content)})

    assert answer.status_code == 422
    assert "列对照表有误" in answer.text
    assert broken_mapping in answer.text


def test_a_file_with_unknown_columns_is_mapped_by_its_user_and_then_imports(
    workbench: Workbench,
) -> None:
    """What a column is follows from its heading or from what it holds; a person settles it once."""
    workbench.clock.now = datetime(2026, 9, 25, 9, 0, tzinfo=CHINA)
    client = workbench.at("desk")
    rows = "流水,日期时刻,说的啥,打来的号\n"
    for number in range(1, 13):
        what = f"示例路{number}号的餐馆夜间油烟直排熏得居民睡不着觉"
        rows += f"AB-{number:05d},2026-09-{number:02d} 10:30,{what},138000000{number:02d}\n"
    files = {"file": ("新平台.csv", rows.encode())}

    asked = client.post("/clues/import", files=files).text
    key = re.search(r'action="(/clues/import/[0-9a-f]{32})/columns"', asked)
    assert key
    assert asked.count('<td class="num">') == 10
    proposed = {"outside_no": "流水", "received_at": "日期时刻", "content": "说的啥"}
    for field, column in proposed.items():
        start = asked.index(f'id="column-{field}"')
        assert f'value="{column}" selected' in asked[start : asked.index("</select>", start)]
    names = {"name": "新平台.csv", "mapping": "新平台"}
    chosen = {f"column-{field}": column for field, column in proposed.items()}
    without = client.post(f"{key[1]}/columns", data=names)
    shown = client.post(f"{key[1]}/columns", data={**names, **chosen})
    again = client.post("/clues/import", files=files).text

    assert (without.status_code, "还没有选定列：收到时间、内容" in without.text) == (422, True)
    for page in (shown.text, again):
        assert "按「新平台」识别" in page and page.count("会登记</span>") == 12


def test_columns_are_proposed_by_what_they_hold_and_those_not_read_are_asked_for(
    workbench: Workbench,
) -> None:
    """Where, of whom and by whom is told from the cells; a known header may leave columns out."""
    workbench.clock.now = datetime(2026, 10, 13, 9, 0, tzinfo=CHINA)
    client = workbench.at("desk")
    rows = "流水,何时来的,一句话,细说,说谁,在哪儿,谁打的,号码\n"
    rows += (
        "AB-00001,2026-10-12 09:30,反映超市出售过期牛奶,在超市购买的牛奶已过保质期三天要求查处,"
        "示例市高新区万家乐超市,示例市高新区学府路18号,王某,13800000001\n"
        "AB-00002,2026-10-12 10:30,反映后厨有老鼠,学府路的川味馆后厨有老鼠卫生很差请尽快核查,"
        "川味馆,示例市学府路9号,李小平,13800000002\n"
    )
    asked = client.post("/clues/import", files={"file": ("街道.csv", rows.encode())}).text
    expected = {
        "title": "一句话",
        "subject_name": "说谁",
        "place": "在哪儿",
        "reporter_name": "谁打的",
    }
    for field, column in expected.items():
        start = asked.index(f'id="column-{field}"')
        assert f'value="{column}" selected' in asked[start : asked.index("</select>", start)]
    assert "请管理员" not in asked

    known = "工单编号,来电时间,诉求内容,哪家的事\nG-1,2026-10-12 09:30,后厨有老鼠,川味馆\n"
    trial = client.post("/clues/import", files={"file": ("热线.csv", known.encode())}).text
    way = re.search(r'href="(/clues/import/[0-9a-f]{32}/columns\?[^"]+)"', trial)
    assert way and "没有读取的列：哪家的事" in trial
    path = way[1].replace("&amp;", "&")
    chosen = {"outside_no": "工单编号", "received_at": "来电时间", "content": "诉求内容"}
    chosen |= {"subject_name": "哪家的事"}
    assert 'value="工单编号" selected' in client.get(path).text
    client.post(
        path.partition("?")[0],
        data={"name": "热线.csv", "mapping": "热线加一列"}
        | {f"column-{field}": column for field, column in chosen.items()},
    )

    again = client.post("/clues/import", files={"file": ("热线.csv", known.encode())}).text
    assert "按「热线加一列」识别" in again and "没有读取的列" not in again
