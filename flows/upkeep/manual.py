"""The manual: a page per chair from `docs/manual`, its time limits as the rulebook has them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.limits.board_stages import duties
from domain.lookup.limit_book import LimitEntry, limit_book
from domain.rulebook.rulebook import Rulebook
from domain.shapes.data_folders import data_folder

MANUAL = data_folder("manual")
PICTURES = MANUAL / "pictures"
INDEX = "README"
LIMITS = re.compile(r"<!-- 时限 (\S+) -->\n.*?<!-- 时限完 -->\n", re.DOTALL)
HEAD = "| 时限 | 起算 | 期限 | 依据 | 办理以下操作即了结 |\n|---|---|---|---|---|\n"
UNWATCHED = re.compile(r"<!-- 系统不计时 -->\n.*?<!-- 系统不计时完 -->\n", re.DOTALL)
UNWATCHED_HEAD = "| 时限 | 责任机关 | 起算 | 期限 | 系统不计时的理由 |\n|---|---|---|---|---|\n"
NONE = "法律法规没有给这个岗位单独规定时限。\n"


@dataclass(frozen=True)
class Chapter:
    """A page of the manual: for whom it is."""

    slug: str
    title: str
    roles: tuple[str, ...]


CHAPTERS = (
    Chapter("hotline", "热线专员", ("intake_clerk",)),
    Chapter("handler", "线索经办人", ("handler",)),
    Chapter("head", "机关负责人、办案机构负责人", ("department_head", "section_head")),
    Chapter("principal", "主要负责人", ("principal",)),
    Chapter("legal", "法制人员", ("legal_reviewer",)),
    Chapter("supervisor", "督办员", ("supervisor",)),
    Chapter("liaison", "公安联络员、检察联络员", ("police_liaison", "procuratorate_liaison")),
    Chapter("arbiter", "协调机关", ("arbiter",)),
    Chapter("administrator", "管理员、安全管理员", ("administrator", "security_administrator")),
    Chapter("auditor", "审计员", ("auditor",)),
)
BY_SLUG: Mapping[str, Chapter] = {one.slug: one for one in CHAPTERS}


def chapters_of(roles: frozenset[str]) -> list[Chapter]:
    """The chapters that are for somebody's chairs."""
    return [one for one in CHAPTERS if roles & set(one.roles)]


def chapter_text(slug: str, rules: Rulebook, day: date) -> str:
    """A chapter as Markdown, with the limits in force on a day; the index by its own name."""
    text = (MANUAL / f"{slug}.md").read_text(encoding="utf-8")
    return text if slug == INDEX else with_limits(text, BY_SLUG[slug], rules, day)


def with_limits(text: str, chapter: Chapter, rules: Rulebook, day: date) -> str:
    """The text with its table of limits made anew."""
    table = limits_table(rules, chapter.roles, day)
    text = LIMITS.sub(f"<!-- 时限 {day.isoformat()} -->\n{table}<!-- 时限完 -->\n", text)
    nobody = f"<!-- 系统不计时 -->\n{unwatched_table(rules, day)}<!-- 系统不计时完 -->\n"
    return UNWATCHED.sub(nobody, text)


def unwatched_table(rules: Rulebook, day: date) -> str:
    """The limits that nobody is told of by this program, each with the reason, as a table."""
    entries = limit_book(rules, day).entries.values()
    return UNWATCHED_HEAD + "".join(_unwatched(one) for one in entries if one.unwatched)


def _unwatched(entry: LimitEntry) -> str:
    rule = entry.rule
    return _line((rule.label, rule.actor, rule.starts_on, entry.shown.figure, entry.unwatched))


def limits_table(rules: Rulebook, roles: Sequence[str], day: date) -> str:
    """The limits that end with what these chairs do, as a table; a sentence where there is none."""
    owed = set(duties(rules.deadlines))
    rows = [
        _row(entry, ends)
        for entry in limit_book(rules, day).entries.values()
        if entry.id in owed and (ends := tuple(_ends(entry, rules, set(roles))))
    ]
    return HEAD + "".join(rows) if rows else NONE


def _ends(entry: LimitEntry, rules: Rulebook, roles: set[str]) -> Iterator[str]:
    """The actions of these chairs that end a limit."""
    for one in entry.touches:
        action = rules.lifecycles[one.process].actions[one.action]
        if one.verb == "了结" and roles & set(action.by):
            yield one.label


def _row(entry: LimitEntry, ends: Sequence[str]) -> str:
    rule, shown = entry.rule, entry.shown
    cells = (
        rule.label,
        rule.starts_on,
        shown.figure,
        str(shown.article),
        "、".join(dict.fromkeys(ends)),
    )
    return _line(cells)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(one.replace("|", "／") for one in cells) + " |\n"
