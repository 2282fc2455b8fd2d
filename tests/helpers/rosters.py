"""Rosters for tests: files as an office would send them in, and whoever keeps them."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from domain.files.identifiers import CREDIT_ALPHABET, credit_check
from domain.situation.situation import CHINA
from flows.people.user_keeping import Keeper
from flows.site.office import Office
from tests.helpers.people import actor

DAY = date(2026, 5, 11)


def keeper_at(office: Office, chair: str = "handler", day: date = DAY) -> Keeper:
    """Somebody who keeps the rosters of his area, at nine in the morning of a day."""
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)
    return Keeper(office, actor(chair), moment)


def code_of(number: int, start: str = "91") -> str:
    """A credit code with the right check sign (GB 32100-2015), a different one for each number."""
    signs = "".join(CREDIT_ALPHABET[number // 31**place % 31] for place in reversed(range(9)))
    first = f"{start}370000{signs}"
    return first + credit_check(first)


def write_csv(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    """A roster's file; the first row names the columns."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def firm(number: int, **told: object) -> dict[str, object]:
    """A row of the roster of subjects."""
    usual: dict[str, object] = {
        "名称": f"示例市{number}号餐饮有限公司",
        "类别": "企业",
        "统一社会信用代码": code_of(number),
        "地址": f"示例路{number}号",
        "状态": "存续",
        "标签": "餐饮服务",
        "信用风险等级": "",
        "评价日期": "",
    }
    return {**usual, **told}
