"""Files made bad by chance: bytes changed, cut, doubled and slipped in, within archives too."""

import io
import json
import random
import zipfile
from collections.abc import Callable

import xlsxwriter

from documents.templates.template_files import TEMPLATES

SPITEFUL = (
    b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>",
    b"<!--" * 300,
    b'a","\n' * 300,
    b'{"a":' * 300,
    b"[" * 3000,
    b"9" * 5000,
    b"-1e999",
    b"NaN",
    b"\x00\xff\xfe",
    b"\xed\xa0\x80",
    '\u202e＝HYPERLINK("x")'.encode(),
    b"{{ 7*7 }}{% for a in b %}",
    b'r="XFD1048576"',
    b"0001-01-01 00:00",
    b"9999-12-31T23:59:60+99:99",
    b"," * 3000,
)
"""What is slipped in beside noise."""
ROWS = [
    ["工单编号", "诉求内容", "来电时间", "来电号码", "被反映对象"],
    *(
        [f"SL{row}", "反映某店缺斤少两，望核实", "2026-05-08 10:30", "13800000000", "鑫源食品店"]
        for row in range(3)
    ),
]


def sound_files() -> dict[str, bytes]:
    """By name a file of each kind that somebody may send."""
    table = "\n".join(map(",".join, ROWS))
    orders = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
    return {
        "工单.xlsx": _workbook(),
        "工单.csv": table.encode("gb18030"),
        "工单.json": json.dumps(orders, ensure_ascii=False).encode(),
        "工单.jsonl": "\n".join(json.dumps(one) for one in orders).encode(),
        "文书.docx": (TEMPLATES / "transfer_letter" / "template.docx").read_bytes(),
        "检验报告.pdf": b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n%%EOF",
    }


def mutant(chance: random.Random, sound: bytes) -> bytes:
    """The file with a few faults; of an archive half the time within one of its members."""
    if sound.startswith(b"PK") and chance.random() < 0.7:
        return _repacked(chance, sound)
    return _changed(chance, sound)


def _workbook() -> bytes:
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw) as book:
        sheet = book.add_worksheet("工单")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    return raw.getvalue()


def _repacked(chance: random.Random, sound: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as before, zipfile.ZipFile(raw, "w") as after:
        chosen = chance.choice(before.namelist())
        for info in before.infolist():
            content = before.read(info)
            if info.filename == chosen:
                content = _changed(chance, content)
            after.writestr(info.filename, content, zipfile.ZIP_DEFLATED)
    return raw.getvalue()


def _changed(chance: random.Random, sound: bytes) -> bytes:
    raw = bytearray(sound)
    for _ in range(chance.randint(1, 6)):
        chance.choice(WAYS)(chance, raw)
    return bytes(raw)


def _flip(chance: random.Random, raw: bytearray) -> None:
    if raw:
        raw[chance.randrange(len(raw))] = chance.randrange(256)


def _cut(chance: random.Random, raw: bytearray) -> None:
    start = chance.randrange(len(raw) + 1)
    del raw[start : start + chance.choice((1, 20, 4000))]


def _double(chance: random.Random, raw: bytearray) -> None:
    start = chance.randrange(len(raw) + 1)
    raw[start:start] = raw[start : start + chance.choice((10, 200))] * chance.choice((1, 50))


def _slip_in(chance: random.Random, raw: bytearray) -> None:
    place = chance.randrange(len(raw) + 1)
    raw[place:place] = chance.choice(SPITEFUL)


WAYS: tuple[Callable[[random.Random, bytearray], None], ...] = (_flip, _cut, _double, _slip_in)
