"""A text made to harm is refused in Chinese, within its budget of time, and harms nobody.

Texts were read within the server until 2026-11-30: 1.4 MB of quotes kept it from answering for
minutes.
"""

import re
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.files.confined import Unreadable, confined
from domain.files.rows import RawRow, SpreadsheetError, portions
from domain.files.spreadsheet import WITHIN, read_table

SECONDS = 30.0
"""What any hostile sample may take on a machine where several others work."""
MEMORY = 100 << 10
"""By how many kilobytes the reading process itself may grow."""
STANDS = re.compile("[一-鿿]{4}")
LATIN = re.compile("[A-Za-z]{3,}")
M = 1 << 20
HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "quotes that open anew": ("a.csv", lambda: "工单,诉求\n".encode() + b'a","\n' * 300_000),
    "a row of commas": ("a.csv", lambda: b"a,b,c\n" + b"," * (19 * M)),
    "a header of commas": ("a.csv", lambda: b"," * (4 * M)),
    "one object of many keys": (
        "a.jsonl",
        lambda: b"{" + b",".join(b'"%d":1' % key for key in range(100_000)) + b"}\n",
    ),
    "deep": ("a.json", lambda: b"[" * (10 * M)),
    "a long number": ("a.json", lambda: b'[{"a":' + b"9" * M + b"}]"),
    "no end": ("a.json", lambda: b'[{"a":1},'),
    "half a pair": ("a.csv", lambda: b"\xff\xfe" + b"\x00\xd8" * M),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_text_is_refused_within_its_budget(name: str, tmp_path: Path) -> None:
    called, made = HOSTILE[name]
    path = tmp_path / called
    path.write_bytes(made())
    before, memory = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(SpreadsheetError) as refusal:
        list(read_table(path).rows)

    told = str(refusal.value).replace(str(path), "")
    assert STANDS.search(told)
    assert {"JSON", "UTF", "GB", *LATIN.findall(told)} == {"JSON", "UTF", "GB"}
    assert time.monotonic() - before < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < MEMORY


def test_one_very_long_line_is_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"工单编号,诉求内容\nA1,{'字' * 4 * M}\n", encoding="utf-8")

    (row,) = read_table(path).rows

    assert row.cells["诉求内容"] == "字" * 4 * M


def test_a_reader_that_refuses_late_has_given_nothing() -> None:
    """Half a table would have been taken in before the rest was refused."""
    with pytest.raises(Unreadable, match="后面的行"):
        next(confined("tests.helpers.bad_readers:refuse_late", None, WITHIN))


def test_wide_rows_make_small_pieces() -> None:
    wide = dict.fromkeys(map(str, range(60_000)), "")

    assert [len(one) for one in portions(RawRow(row, wide) for row in range(5))] == [2, 2, 1]
