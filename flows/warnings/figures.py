"""What came of risk warnings, month by month, and how each indicator stands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from domain.limits.limit import day_of
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import CHINA
from domain.surge.reports import YIELD
from domain.tables.process import Clue
from domain.tables.undertaking import Undertaking
from flows.door.visible_undertakings import visible_undertakings
from flows.people.viewer import Viewer
from flows.people.visible_clues import visible
from flows.warnings.reports_read import first_day
from flows.warnings.signals_found import KIND, setting_of

MONTHS, DAYS_OF_A_YEAR = 12, 365
CALIBRATE = "yisong warnings calibrate"


@dataclass(frozen=True)
class Month:
    """The warnings raised in a month: what was done with them, by the state they are in now.

    `acted`: pushed, talked over or registered as a clue. `dismissed`: by reason, in words.
    """

    month: str
    raised: int
    acted: int
    problems: int
    dismissed: Mapping[str, int]
    open: int


@dataclass(frozen=True)
class Standing:
    """An indicator as it stands: its rule, its setting in words, or why it is not computed.

    `command`: what an administrator types to set it.
    """

    label: str
    rule: str
    setting: str
    page: str
    articles: tuple[str, ...]
    command: str


ACTED = ("addressees", "convened_at", "split_into", "led_to")
"""What a warning bears once something was done about it."""


def months(session: Session, viewer: Viewer) -> tuple[Month, ...]:
    """The last twelve months with warnings that the viewer may see, the newest on top."""
    grounds = grounds_of(viewer.office.rules)
    query = select(Undertaking).where(
        col(Undertaking.kind) == KIND,
        col(Undertaking.opened_at) >= viewer.now - timedelta(days=31 * MONTHS),
        visible_undertakings(viewer.office, viewer.actor),
    )
    found: dict[str, list[Undertaking]] = {}
    for row in session.exec(query):
        month = f"{row.opened_at.astimezone(CHINA):%Y-%m}"
        found.setdefault(month, []).append(row)
    newest = sorted(found, reverse=True)[:MONTHS]
    return tuple(_month(one, found[one], grounds) for one in newest)


def grounds_of(rules: Rulebook) -> Mapping[str, str]:
    """Why a warning may be dismissed, in words."""
    return rules.lifecycles[KIND].actions["dismiss"].form["ground"].options


def led_to_action(row: Undertaking) -> bool:
    """Whether a warning was pushed, talked over, registered as a clue, inspected or planned for."""
    return any(row.facts.get(one) for one in ACTED)


def _month(month: str, rows: Sequence[Undertaking], grounds: Mapping[str, str]) -> Month:
    dismissed = Counter(
        grounds.get(str(one.facts.get("ground")), "") for one in rows if one.state == "dismissed"
    )
    return Month(
        month=month,
        raised=len(rows),
        acted=sum(led_to_action(one) for one in rows),
        problems=sum(one.facts.get("result") == "problem" for one in rows),
        dismissed=dict(dismissed.most_common()),
        open=sum(one.ended_at is None for one in rows),
    )


def standings(session: Session, viewer: Viewer) -> tuple[Standing, ...]:
    """Every indicator with how it is set; those that lack a base say so."""
    office = viewer.office
    return tuple(
        Standing(
            label=one.label,
            rule=one.in_words,
            setting=_setting(session, viewer, key),
            command=CALIBRATE if one.false_alarms else "",
            page=one.page,
            articles=tuple(office.rules.cite(basis) for basis in one.basis),
        )
        for key, one in office.rules.indicators.items()
    )


def _setting(session: Session, viewer: Viewer, key: str) -> str:
    rules = viewer.office.rules.indicators
    rule = rules[key]
    if rule.beside and _is_a_year_old(session, viewer):
        return f"写在“{rules[rule.beside].label}”的预警里"
    if rule.lacks:
        return f"尚不计算：基线不足（{rule.lacks}）"
    if not rule.chance:
        return ""
    if not rule.false_alarms:
        return f"概率不高于{rule.chance}（本级约定，不由校准设定）"
    found = setting_of(session, key)
    if found is None:
        return (
            f"概率不高于{rule.chance}，尚未按本站数据校准：由督办员提出、请管理员校准，"
            f"目标为一年误报{rule.false_alarms}次"
        )
    day = f"{found.set_at.astimezone(CHINA):%Y-%m-%d}"
    return (
        f"概率不高于{found.chance:g}：打乱本站{found.clues}件线索重算，一年误报约"
        f"{found.false_a_year:.1f}次（{day} 校准，要求不多于{found.wanted:g}次）"
    )


def _is_a_year_old(session: Session, viewer: Viewer) -> bool:
    """Whether the record holds clues of the same days a year ago."""
    begun, today = first_day(session), day_of(viewer.now)
    return begun is not None and (today - begun).days >= DAYS_OF_A_YEAR


@dataclass(frozen=True)
class CluesBehind:
    """The clues behind a warning that the viewer may see, and how many he may not."""

    seen: tuple[Clue, ...]
    unseen: int


def clues_behind(session: Session, viewer: Viewer, row: Undertaking) -> CluesBehind:
    """The clues that a warning counted, the newest first, as far as the viewer may see them.

    None of a warning that counted results of inspections.
    """
    if row.facts.get("indicator") == YIELD:
        return CluesBehind((), 0)
    numbers = [str(line["编号"]) for line in row.facts.get("reports") or ()]
    query = select(Clue).where(col(Clue.no).in_(numbers), visible(viewer.office, viewer.actor))
    seen = tuple(session.exec(query.order_by(col(Clue.received_at).desc(), col(Clue.id).desc())))
    return CluesBehind(seen, int(str(row.facts.get("observed") or 0)) - len(seen))
