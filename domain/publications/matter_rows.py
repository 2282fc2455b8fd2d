"""A row of a published list read as a matter: one that is known, or a new one."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.shapes.entries import Department, Matter

KEY, GENERAL = "事项类别", ("重点事项", "一般事项")
SINGLE = ("、", "，", ",", "；", ";")


@dataclass(frozen=True)
class ReadRow:
    """A row of a list as a matter: its id, what it says of it, and every fault in Chinese."""

    matter_id: str
    content: Mapping[str, Any]
    complaints: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """The departments and matters there are, by id."""

    departments: Mapping[str, Department]
    matters: Mapping[str, Matter]


def read_row(here: Known, row: Mapping[str, str], day: date) -> ReadRow:
    """What a row of a published list says of its matter: one of that name, else a new one.

    A new one is known by its own name until somebody adds other words to `config/matters.yaml`,
    and says that nobody told its offences.
    """
    name = row["监管事项"]
    functions = {
        word: one.function for one in here.departments.values() for word in (one.name, one.short)
    }
    known = {one.name: key for key, one in here.matters.items()}
    complaints = []
    if row["牵头部门"] not in functions:
        complaints.append(f"「{name}」的牵头部门“{row['牵头部门']}”不是本系统登记的部门全称")
    content: dict[str, Any] = {
        "name": name,
        "lead": functions.get(row["牵头部门"], ""),
        "cooperating": [functions[one] for one in _parts(row["配合部门"]) if one in functions],
        "objects": row["监管对象"],
        "method": row["检查方式"],
    }
    content |= {"field": row["监管领域"]} if row["监管领域"] else {}
    content |= {"level": _parts(row["监管层级"])} if row["监管层级"] else {}
    content |= {"category": row[KEY]} if row[KEY] in GENERAL else {}
    if name in known:
        return ReadRow(known[name], content, tuple(complaints))
    fresh: dict[str, Any] = {
        "field": row["监管领域"] or name,
        "basis": [row["设定依据"]],
        "category": GENERAL[1],
        "level": ["市级", "县级"],
        "keywords": [name],
        "no_offence": {
            "by": row["牵头部门"],
            "stated_on": f"{day}",
            "reason": "公布的清单没有写明对照的罪名，待法制核对",
        },
    }
    number = hashlib.sha256(name.encode()).hexdigest()[:10]
    return ReadRow(f"published_{number}", {**fresh, **content}, tuple(complaints))


def _parts(text: str) -> list[str]:
    for sign in SINGLE[1:]:
        text = text.replace(sign, SINGLE[0])
    return [one.strip() for one in text.split(SINGLE[0]) if one.strip()]
