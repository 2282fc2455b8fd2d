"""Work orders of a hotline by the thousand: the rehearsal's, each told a little differently."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

from domain.situation.situation import CHINA
from flows.rehearsal.work_orders import NUMBER, read_work_orders

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红建国文斌"
TOWNS = ("城东", "城西", "滨海", "文昌", "凤凰", "青山", "白云", "和平", "新兴", "长安")
TRADES = (
    "食品",
    "商贸",
    "餐饮",
    "物业",
    "建材",
    "教育咨询",
    "汽车销售",
    "医药",
    "养老服务",
    "健身",
)
OPENINGS = (
    "市民来电反映，",
    "来电人称，",
    "诉求人多次反映，",
    "市民通过热线投诉，",
    "接来电，",
    "该市民再次来电，",
)
ENDINGS = (
    "请相关部门核实处理并回复。",
    "希望尽快调查处理。",
    "要求依法查处，并告知结果。",
    "请职能部门到现场查看。",
    "来电人留有照片和付款凭证。",
    "周边居民也有类似反映。",
)
FIRST = datetime(2026, 1, 5, 8, 0, tzinfo=CHINA)


def write_orders(path: Path, count: int, seed: int = 12345, first: int = 0) -> None:
    """An XLSX with so many orders, numbered from `first` on; the same seed writes the same."""
    chance = random.Random(seed)
    columns = read_work_orders().columns
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("工单")
        sheet.write_row(0, 0, columns)
        for row, cells in enumerate(_orders(count, chance, first), start=1):
            sheet.write_row(row, 0, [cells.get(column, "") for column in columns])


def _orders(count: int, chance: random.Random, first: int) -> Iterator[dict[str, str]]:
    known = [one.cells for one in read_work_orders().orders if one.cells.get("诉求内容")]
    for number in range(count):
        cells = dict(known[number % len(known)])
        town = chance.choice(TOWNS)
        company = f"示例市{town}{_word(chance)}{chance.choice(TRADES)}有限公司"
        cells |= {
            NUMBER: f"BM{first + number:08d}",
            "来电时间": f"{FIRST + timedelta(minutes=number):%Y-%m-%d %H:%M:%S}",
            "来电人": chance.choice(SURNAMES) + chance.choice(GIVEN),
            "联系电话": f"139{chance.randrange(10**8):08d}",
            "被反映单位": company if cells.get("被反映单位") else "",
            "统一社会信用代码": "",
            "诉求内容": told_anew(cells["诉求内容"], chance),
        }
        if cells.get("事发地点"):
            cells["事发地点"] = f"示例市{town}街道{_word(chance)}路{chance.randrange(1, 400)}号"
        yield cells


def told_anew(content: str, chance: random.Random) -> str:
    """The same matter in other words: sentences left out and turned round, particulars added."""
    sentences = [one for one in content.split("。") if one]
    if len(sentences) > 2:
        sentences.pop(chance.randrange(len(sentences)))
        chance.shuffle(sentences)
    particulars = f"事发{chance.randrange(1, 28)}日，涉及金额{chance.randrange(20, 90_000)}元"
    middle = "。".join([*sentences, particulars])
    return f"{chance.choice(OPENINGS)}{middle}。{chance.choice(ENDINGS)}"


def town_and_word(chance: random.Random) -> tuple[str, str]:
    """A town and two signs that tell one place of it."""
    return chance.choice(TOWNS), _word(chance)


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(GIVEN) for _ in range(2))
