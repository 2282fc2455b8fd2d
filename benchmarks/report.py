"""The README of the figures: a section per benchmark, each replaced by its own next run."""

import os
import platform
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import distributions
from pathlib import Path

from benchmarks.rounds import Contest, Spread

README = Path(__file__).with_name("README.md")
PACKAGES = (
    "sqlalchemy",
    "sqlmodel",
    "psycopg",
    "jinja2",
    "docxtpl",
    "spiffworkflow",
    "dbos",
    "chinesecalendar",
    "python-calamine",
)
HEAD = """# Benchmarks

Written by `make bench` (`python -m benchmarks [NAME…]` for some of them, `--full` for the
largest import). Contenders take turns in one process; a figure is the median of the rounds with
its quartiles in brackets. Times depend on the machine and its other work: **the ratios, taken
within each round, are the figures to quote.** CPU is that of the measuring process, without the
database server's.
"""


def table(contest: Contest, base: str) -> str:
    """All contenders with time per unit and ratio to the base, as Markdown."""
    lines = [
        f"| | ms | CPU ms | time, ratio to *{base}* | CPU ratio |",
        "|---|--:|--:|--:|--:|",
    ]
    for name in contest.wall:
        wall, cpu = Spread.of(contest.wall[name]), Spread.of(contest.cpu[name])
        lines.append(
            f"| {name} | {_milliseconds(wall)} | {figure(cpu.median * 1000)} "
            f"| {spread(contest.ratio(name, base))} | {spread(contest.ratio(name, base, 'cpu'))} |"
        )
    return "\n".join(lines) + "\n"


def rows(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A plain Markdown table."""
    ruler = "|".join(["---", *("--:" for _ in head[1:])])
    body = ["| " + " | ".join(line) + " |" for line in (head, *lines)]
    return "\n".join([body[0], f"|{ruler}|", *body[1:]]) + "\n"


def aim(text: str, found: Spread, met: bool) -> str:
    """One aim with what was found."""
    return f"- {text}: **{spread(found)}** – {'met' if met else 'missed'}.\n"


def spread(found: Spread) -> str:
    """A median with its quartiles."""
    return f"{figure(found.median)} ({figure(found.low)}–{figure(found.high)})"


def figure(number: float) -> str:
    """A number with three digits that count."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def write_section(name: str, title: str, body: str, path: Path = README) -> None:
    """Puts a section into the README, in place of its predecessor, under a fresh head."""
    sections = _sections(path.read_text(encoding="utf-8")) if path.exists() else {}
    sections[name] = f"## {title}\n\n{_when()}\n\n{body.strip()}\n"
    marked = "\n".join(
        f"<!-- {key} -->\n{text.strip()}\n<!-- end -->\n" for key, text in sorted(sections.items())
    )
    path.write_text(f"{HEAD}\n{machine()}\n{marked}", encoding="utf-8")


def machine() -> str:
    """Machine and versions, without a name that tells where it stands."""
    installed = {one.metadata["Name"].lower(): one.version for one in distributions()}
    versions = ", ".join(f"{name} {installed[name]}" for name in PACKAGES if name in installed)
    return (
        f"Machine: {_processor()}, {os.cpu_count()} cores, {_memory()} GB, "
        f"{platform.system()}. Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {versions}.\n"
    )


def _when() -> str:
    return f"*Run on {date.today().isoformat()}, load {os.getloadavg()[0]:.1f} at the end.*"  # noqa: DTZ011


def _sections(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.split("<!-- end -->"):
        _, mark, rest = part.rpartition("<!-- ")
        if mark:
            name, _, body = rest.partition(" -->\n")
            found[name] = body
    return found


def _milliseconds(wall: Spread) -> str:
    return spread(Spread(wall.low * 1000, wall.median * 1000, wall.high * 1000))


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
