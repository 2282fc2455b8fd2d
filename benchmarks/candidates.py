"""Candidates for duplicates: how many a new clue has, and their cost, as clues grow many."""

import random
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlmodel import Session

from benchmarks.databases import databases
from benchmarks.effort import Effort
from benchmarks.orders import FIRST, told_anew, town_and_word
from benchmarks.report import figure, rows
from domain.duplicates.fingerprints import Fingerprint, fingerprint
from domain.duplicates.rarity import UNKNOWN
from domain.files.work_order import IncomingClue
from flows.door.duplicates import keep_fingerprints
from flows.matching.candidates import Arrivals, candidates_of
from tests.helpers.office import fill

TITLE = "Candidates for duplicates"
PORTION = 2_000
NEW = 200
"""So many new clues are looked up, one by one as they come in."""
WORDS = (
    "电梯停运多日无人维修，老人上下楼不便，找过物业",
    "夜间施工噪声扰民，凌晨两点还在浇筑混凝土",
    "餐馆油烟直排，家里不敢开窗，气味刺鼻",
    "预付卡办理后店铺关门，老板失联，余额不退",
    "开发商逾期交房，捆绑销售车位，不买不签合同",
    "公交班次太少，上下班等车四十分钟",
    "自来水浑浊发黄，水压不足，多次报修没有结果",
    "拖欠农民工工资三个月，承包人一再推脱",
)
PLACES = ("小区", "花园", "路口", "中学", "公司", "广场")


def measure(effort: Effort, folder: Path) -> str:
    """The section: candidates, query and time of a new clue among few and many clues."""
    with databases(folder, effort) as kinds:
        sections = [_section(name, new(), effort) for name, new in kinds.items()]
    return "\n".join(sections) + (
        f"\nEach of {NEW} new clues is looked up by itself, with the query of the registration;"
        " the median is given. One estate, road or firm in ten thousand is named by each.\n"
    )


def _section(name: str, url: str, effort: Effort) -> str:
    fill(url)
    engine = create_engine(_address(url))
    chance, kept = random.Random(7), 0
    lines = []
    for size in (effort.few, effort.clues):
        with Session(engine) as session:
            _unbound(session)
            for start in range(kept, size, PORTION):
                numbers = range(start, min(start + PORTION, size))
                keep_fingerprints(
                    session, {one + 1: mark_of_a_place(one, chance) for one in numbers}
                )
                session.commit()
        kept = size
        if engine.dialect.name != "sqlite":
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                # As the server does by itself after so many new rows; an index is read alone then.
                connection.execute(text("VACUUM ANALYZE"))
        lines.append((f"{size:,}", *_looked_up(engine, chance)))
    engine.dispose()
    return f"### {name}\n\n" + rows(("clues", "candidates of a row", "ms", "CPU ms"), lines)


def _looked_up(engine: Engine, chance: random.Random) -> Iterator[str]:
    walls, works, found = [], [], 0
    with Session(engine) as session:
        for number in range(NEW):
            mark = mark_of_a_place(10**8 + number, chance)
            wall, work = time.perf_counter(), time.process_time()
            found += len(candidates_of(session, Arrivals.of({0: mark}))[0])
            walls.append(time.perf_counter() - wall)
            works.append(time.process_time() - work)
    yield f"{found / NEW:.1f}"
    for one in (walls, works):
        yield figure(sorted(one)[NEW // 2] * 1000)


def mark_of_a_place(number: int, chance: random.Random) -> Fingerprint:
    """A clue of one of ten thousand places, told in words of its own."""
    town, word = town_and_word(chance)
    place = f"{town}{word}{chance.choice(PLACES)}"
    problem = chance.choice(WORDS)
    content = told_anew(f"我住{place}。{problem}。{chance.choice(WORDS)}", chance)
    arrived = FIRST + timedelta(minutes=number % 500_000)
    clue = IncomingClue(
        2, "12345", "12345", f"B{number}", arrived, f"{place}{problem[:8]}", content
    )
    return fingerprint(clue, None, rarity=UNKNOWN)


def _unbound(session: Session) -> None:
    """Fingerprints without their clues, which have no part in what is measured."""
    if session.get_bind().dialect.name != "sqlite":
        session.connection().execute(text("SET session_replication_role = replica"))


def _address(url: str) -> str:
    made = make_url(url)
    driver = "postgresql+psycopg" if made.get_backend_name() == "postgresql" else made.drivername
    return made.set(drivername=driver).render_as_string(hide_password=False)
