"""Rows of a list or plan by file: told row by row, corrected, sent in again, and none is lost."""

from io import BytesIO
from pathlib import Path

import xlsxwriter
from httpx import Response
from python_calamine import CalamineWorkbook

from tests.helpers.inspections.filled_publications import ITEM, PLAN
from tests.web.conftest import Workbench

NO = "/undertakings/GB2026000001"
HEAD = ("序号", "监管领域", "牵头单位", "配合部门", "监管事项", "法律依据", "监管对象", "事项类别")
HEADINGS = (*HEAD, "检查方式", "监管层级", "备注")
GOOD = ("1", "餐饮业", "市场监管局", "示例市卫生健康委员会", "餐饮服务检查")
GOOD_ROW = (*GOOD, "《食品安全法》第一百零九条", "餐饮服务经营者", "重点", "现场检查", "市、县", "")
BAD_ROW = (
    *("2", "消防", "示例市消防大队", "市场监管局", "消防安全检查"),
    *("《消防法》", "", "特别", "现场检查", "市", ""),
)


def _workbook(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("附件1")
        sheet.write(0, 0, "跨部门综合监管事项清单")
        for place, row in enumerate((headings, *rows), start=1):
            sheet.write_row(place, 0, row)
    return made.getvalue()


def _key(page: str) -> str:
    return page.partition('action="/publications/rows/')[2].partition('"')[0]


def _sent(workbench: Workbench, content: bytes, **told: str) -> str:
    files = {"file": ("附件1.xlsx", content)}
    found = workbench.at("handler").post("/publications/rows", data=told, files=files)
    assert found.status_code == 200, found.text
    return found.text


def test_a_list_comes_in_by_file_and_what_is_wrong_is_corrected_and_sent_again(
    workbench: Workbench, tmp_path: Path
) -> None:
    """渭南方案附件1；威海办法第八条: elements of a row, each with what would be right."""
    handler = workbench.at("handler")
    assert 'href="/publications/rows"' in handler.get("/publications").text
    trial = _sent(workbench, _workbook(GOOD_ROW, BAD_ROW), kind="matter_list")
    told = (
        "新增<strong>1</strong>行", "需要更正<strong>1</strong>行", "没有用到的列：备注",
        "「牵头部门」“示例市消防大队”不是本系统登记的部门", "是否指“示例市消防救援支队”",
        "「设定依据」“《消防法》”没有写明第几条", "第一百零九条", "「监管对象」没有填写",
        "「事项类别」“特别”不在可用的写法里", "重点事项、一般事项之一",
        "按“示例市市场监督管理局”登记",
    )  # fmt: skip
    assert [one for one in told if one not in trial] == []
    key = _key(trial)
    taken = handler.get(f"/publications/rows/{key}/aside.xlsx?kind=matter_list")
    corrected = _corrected(tmp_path, taken)

    filled = handler.post(f"/publications/rows/{key}", data={"kind": "matter_list"})
    assert filled.headers["location"] == "/publications/new"
    form = handler.get("/publications/new").text
    assert 'name="f.items.0.监管事项"' in form and 'value="餐饮服务检查"' in form
    again = _sent(workbench, corrected, kind="matter_list")
    assert "新增<strong>1</strong>行" in again and "需要更正<strong>0</strong>行" in again
    handler.post(f"/publications/rows/{_key(again)}", data={"kind": "matter_list"})
    form = handler.get("/publications/new").text
    assert form.index('value="餐饮服务检查"') < form.index('value="消防安全检查"')
    once_more = _sent(workbench, corrected, kind="matter_list")
    assert "新增<strong>0</strong>行" in once_more and "相同<strong>1</strong>行" in once_more


def _corrected(folder: Path, taken: Response) -> bytes:
    """The file of rows set aside, as somebody corrects it: its own columns, its own row."""
    path = folder / "aside.xlsx"
    path.write_bytes(taken.content)
    heads, row = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert heads[0] == "原表行号" and heads[-1] == "需要更正的地方"
    assert "「监管对象」没有填写，应为：检查谁" in str(row[-1])
    mended = {
        "牵头单位": "示例市消防救援支队", "法律依据": "《消防法》第五十三条",
        "监管对象": "消防安全重点单位", "事项类别": "一般事项",
    }  # fmt: skip
    values = tuple(str(mended.get(str(name), one)) for name, one in zip(heads, row, strict=True))
    return _workbook(values, headings=tuple(map(str, heads)))


def test_rows_are_laid_over_a_draft_and_the_draft_is_changed_by_its_own_step(
    workbench: Workbench,
) -> None:
    handler = workbench.at("handler")
    form = {
        "f.kind": "matter_list", "f.title": "事项清单",
        **{f"f.items.0.{name}": value for name, value in ITEM.items()},
    }  # fmt: skip
    assert handler.post("/publications/new", data=form).status_code == 303
    assert "/publications/rows?no=GB2026000001" in handler.get(NO).text
    changed = (*GOOD[:4], "餐饮服务", *GOOD_ROW[5:])
    trial = _sent(workbench, _workbook(changed, GOOD_ROW), no="GB2026000001")
    assert "新增<strong>1</strong>行，更改<strong>1</strong>行" in trial
    key = _key(trial)
    done = handler.post(f"/publications/rows/{key}", data={"kind": "", "no": "GB2026000001"})
    assert done.headers["location"] == f"{NO}/do/publication/revise"
    assert "《食品安全法》第一百零九条" not in handler.get(NO).text
    shown = handler.get(f"{NO}/do/publication/revise").text
    assert "《食品安全法》第一百零九条" in shown and 'value="餐饮服务检查"' in shown
    assert workbench.at("health").get("/publications/rows?no=GB2026000001").status_code == 404
    assert workbench.at("supervisor").get("/publications/rows").status_code == 403


def test_plans_and_caps_come_in_by_file_and_figures_are_read_without_guessing(
    workbench: Workbench,
) -> None:
    """渭南方案附件2; what could mean two things is asked, what is above all is refused."""
    row = {**PLAN, "检查数量": "150％", "起止时间": "秋天"}
    other = {**PLAN, "计划名称": "另一计划", "检查数量": "3/100"}
    good = {**PLAN, "计划名称": "第三计划", "检查数量": "５％"}
    rows = [tuple(one.values()) for one in (row, other, good, good)]
    trial = _sent(workbench, _workbook(*rows, headings=tuple(PLAN)), kind="annual_plan")
    told = (
        "「检查数量」“150％”的比例超过100%", "不能确定是比例还是户数", "“秋天”读不出起止日期",
        "与第5行重复", "新增<strong>1</strong>行",
    )  # fmt: skip
    assert [one for one in told if one not in trial] == []

    heads = ("检查机关", "检查事项", "检查对象", "年度上限")
    caps = [
        ("市场监管局", "餐饮服务", "同一企业", "每年不超过2次"),
        ("市场监管局", "", "企业", "若干"),
    ]
    trial = _sent(workbench, _workbook(*caps, headings=heads), kind="caps")
    assert "「年度上限」“若干”不是次数" in trial and "「检查事项」没有填写" in trial
    handler = workbench.at("handler")
    handler.post(f"/publications/rows/{_key(trial)}", data={"kind": "caps"})
    form = handler.get("/publications/new").text
    assert (
        "检查机关：示例市市场监督管理局；检查事项：餐饮服务；检查对象：同一企业；年度上限：2"
        in form
    )
    lines = ["检查机关：示例市市场监督管理局；检查事项：餐饮服务；检查对象：同一企业；年度上限：2"]
    lines.append("检查机关：示例市市场监督管理局；检查事项：重点；检查对象：同一企业；年度上限：2")
    sent = {"f.kind": "caps", "f.title": "频次上限", "f.content": "\n".join(lines)}
    assert handler.post("/publications/new", data=sent).status_code == 303
    shown = handler.get(NO).text
    assert "示例市市场监督管理局：餐饮服务、同一企业，每年最多2次" in shown
    assert "重点、同一企业：检查事项不是全部检查，也不是清单中的事项名称" in shown


def test_what_is_no_such_file_is_told_with_the_columns_that_would_do(workbench: Workbench) -> None:
    handler = workbench.at("handler")
    wrong = {"file": ("a.csv", "甲,乙\n1,2\n".encode())}
    found = handler.post("/publications/rows", data={"kind": "matter_list"}, files=wrong)
    assert found.status_code == 422
    assert "没有找到“监管事项”列；可用的列名：监管领域、牵头部门" in found.text
    none = handler.post("/publications/rows", data={"kind": "minutes"}, files=wrong)
    assert "其他种类写正文，不用表格导入" in none.text
    assert "请选择要导入的文件" in handler.post("/publications/rows", data={}).text
    assert handler.post(f"/publications/rows/{'0' * 32}", data={"kind": "caps"}).status_code == 422
