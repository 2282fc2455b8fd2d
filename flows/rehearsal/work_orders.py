"""The rehearsal's work orders: readable YAML in `config/`, written as a hotline's spreadsheet."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

import xlsxwriter
from pydantic import Field

from domain.rulebook.rulebook_reading import CONFIG
from domain.shapes.entries import Record
from domain.shapes.yaml_source import BadConfig, Problem, Source, parse, read_source

ORDERS = CONFIG / "demo" / "work-orders.yaml"
NUMBER = "工单编号"
_FOLDED = str.maketrans(dict.fromkeys(" \n"))


class DemoOrder(Record):
    """One work order with what the rehearsal makes of it and what its verification finds.

    `answers`: the questions of screening by `offence.tier`; any other is answered no.
    `cells` go to the spreadsheet.
    `function`: the department the clerk chooses where the routing rules find none.
    """

    cells: dict[str, str]
    story: str = ""
    function: str | None = None
    facts: dict[str, Decimal] = Field(default={})
    offences: tuple[str, ...] = ()
    answers: dict[str, bool] = Field(default={})
    offender: Literal["individual", "unit"] = "individual"

    @property
    def number(self) -> str:
        """The order's outside number."""
        return self.cells[NUMBER]

    @property
    def original(self) -> str | None:
        """The number of the order that this one repeats, if it does."""
        kind, _, number = self.story.partition(":")
        return number if kind == "duplicate_of" else None


class DemoOrders(Record):
    """All work orders, and the columns in the order in which the hotline exports them."""

    columns: tuple[str, ...]
    orders: tuple[DemoOrder, ...]


class _File(Record):
    """The file as it is written: cells and what is the script's own side by side."""

    columns: tuple[str, ...]
    defaults: dict[str, object]
    orders: tuple[dict[str, object], ...]


@cache
def read_work_orders(path: Path = ORDERS) -> DemoOrders:
    """The rehearsal's orders with their stories; a stray column or key is an error.

    BadConfig carries everything that is wrong with the file.
    """
    source, problems = read_source(path, path.parents[1])
    if problems:
        raise BadConfig(problems)
    file, problems = parse(source, _File, source.data)
    if file is None:
        raise BadConfig(problems)
    orders: list[DemoOrder] = []
    for number, one in enumerate(file.orders):
        order, misfits = _order(source, number, file.defaults | one, file.columns)
        problems += misfits
        orders += [order] if order is not None else []
    if problems:
        raise BadConfig(problems)
    return DemoOrders(columns=file.columns, orders=tuple(orders))


def by_number(path: Path = ORDERS) -> Mapping[str, DemoOrder]:
    """The orders by outside number."""
    return {one.number: one for one in read_work_orders(path).orders}


def write_work_orders(path: Path, numbers: Collection[str] = ()) -> int:
    """The orders, or those of some numbers, as a hotline exports them; how many were written."""
    known = read_work_orders()
    orders = [one for one in known.orders if not numbers or one.number in numbers]
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("工单")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(known.columns):
            sheet.set_column(place, place, 60 if column == "诉求内容" else 20)
            sheet.write_string(0, place, column, bold)
        for row, order in enumerate(orders, start=1):
            for place, column in enumerate(known.columns):
                sheet.write_string(row, place, order.cells.get(column, ""), wrapped)
    return len(orders)


def _order(
    source: Source, number: int, data: dict[str, object], columns: tuple[str, ...]
) -> tuple[DemoOrder | None, list[Problem]]:
    cells = {key: _text(key, value) for key, value in data.items() if key in columns}
    rest = {key: value for key, value in data.items() if key not in columns}
    if NUMBER not in cells:
        return None, [source.problem(f"缺少 orders.{number}.{NUMBER}", "orders", number)]
    return parse(source, DemoOrder, {"cells": cells, **rest}, "orders", number)


def _text(column: str, value: object) -> str:
    """A cell's text; the blanks at which YAML folded a Chinese text are none of it."""
    return str(value) if column == "来电时间" else str(value).translate(_FOLDED)
