"""The three warnings of 行刑衔接 with the cases behind each, and why each is among them.

有案不移: a threshold is met and nothing was referred. 有案难移: the police neither sign, decide nor
take what was delivered. 以罚代刑: a threshold was met, a penalty was set, and nothing was referred.
All go by what the screening on record found: figures that only warn are marked there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property

from sqlmodel import Session

from domain.guards.crime import CHANGED
from domain.guards.registry import moment_of
from domain.limits.limit import day_of
from domain.situation.penalty import DECIDED, penalty_of
from flows.lists.next_actor import chairs_in_words
from flows.people.viewer import Viewer
from flows.watch.crime_cases import (
    REVOCATION,
    UNANSWERED,
    UNTAKEN,
    CrimeFiles,
    FiledClue,
    FiledProcess,
    how_many_untaken,
    unreferred_candidates,
    untaken_clues,
)


@dataclass(frozen=True)
class Kind:
    """One of the three warnings: what it means, and the articles behind it."""

    id: str
    label: str
    meaning: str
    basis: tuple[str, ...]


KINDS = (
    Kind(
        "unreferred",
        "有案不移",
        "违法事实已达涉嫌犯罪标准或者核查结论为涉嫌犯罪，没有提出移送、没有批准移送或者逾期没有送出；"
        "曾经这样认定、后来更正或者撤销认定的也在内",
        ("so310-3", "so310-5-2"),
    ),
    Kind(
        "untaken",
        "有案难移",
        "已移送公安机关，对方逾期没有回执、逾期没有作出决定或者不予立案",
        ("so310-7", "so310-8"),
    ),
    Kind(
        "fined",
        "以罚代刑",
        "违法事实已达涉嫌犯罪标准，已作出罚款等行政处罚而没有移送公安机关",
        ("so310-11-1",),
    ),
)
BY_ID: Mapping[str, Kind] = {one.id: one for one in KINDS}


@dataclass(frozen=True)
class Warned:
    """A case behind a warning: why it is there, and since when."""

    clue: FiledClue
    department: str
    reasons: tuple[str, ...]
    since: datetime
    days: int
    awaited: str
    referral: FiledProcess | None


class Warnings:
    """The cases behind the three warnings that a viewer may see, the oldest on top.

    Those that the police have not taken are many: they are counted, and judged when they are shown.
    """

    def __init__(self, session: Session, viewer: Viewer) -> None:
        self._session, self._viewer = session, viewer
        files = CrimeFiles(session, viewer, unreferred_candidates(session, viewer))
        self._found = {kind: _judged(files, kind) for kind in ("unreferred", "fined")}

    @cached_property
    def _untaken(self) -> list[int]:
        return untaken_clues(self._session, self._viewer)

    def all_of_them(self, most: int) -> int:
        """How many there are of all kinds together, counted no further than `most`."""
        found = sum(map(len, self._found.values()))
        left = most - found
        return found + how_many_untaken(self._session, self._viewer, left) if left > 0 else most

    def count(self, kind: str) -> int:
        """How many there are of a kind."""
        return len(self._untaken if kind == "untaken" else self._found[kind])

    def of(self, kind: str, first: int = 0, most: int | None = None) -> tuple[Warned, ...]:
        """Those of a kind from a place on, at most so many."""
        last = None if most is None else first + most
        if kind != "untaken":
            return tuple(self._found[kind][first:last])
        files = CrimeFiles(self._session, self._viewer, self._untaken[first:last], of_police=True)
        return tuple(_judged(files, kind))


def _judged(files: CrimeFiles, kind: str) -> list[Warned]:
    judged = (JUDGES[kind](files, clue) for clue in files.clues.values())
    found = (one for one in judged if one is not None)
    return sorted(found, key=lambda one: (one.since, one.clue.id))


def unreferred(files: CrimeFiles, clue: FiledClue) -> Warned | None:
    """A threshold is met or a crime was found, and nothing left the organ; not fined either.

    A finding that was changed or revoked stays before the supervisor, also after its clue ended.
    """
    if files.was_delivered(clue) or fined(files, clue) is not None:
        return None
    revoked = files.revoked(clue)
    if clue.ended_at is not None:
        since = files.of_kind(REVOCATION, clue)[-1].opened_at if revoked else clue.ended_at
        return _warned(files, clue, clue, revoked, since) if revoked else None
    referral, met = files.referral(clue), files.met(clue)
    if referral is not None and referral.state in {"proposed", "approved"}:
        late = files.late_of(referral)
        return _warned(files, clue, referral, late, referral.opened_at) if late else None
    declined = files.declined(clue)
    if met is not None:
        case, figures = met
        more = ["主要负责人决定不批准移送"] if declined else revoked or ["没有提出移送"]
        return _warned(files, clue, case, [*more, *figures], case.opened_at)
    return _by_finding(files, clue, declined=declined)


def _by_finding(files: CrimeFiles, clue: FiledClue, *, declined: bool) -> Warned | None:
    """A verification found a crime, whether or not it was concluded otherwise since."""
    if clue.facts.get("finding") == "criminal" and clue.state == "concluded":
        more = ["主要负责人决定不批准移送"] if declined else ["核查结论为涉嫌犯罪，没有提出移送"]
        since = moment_of(clue.facts.get("concluded_at")) or clue.opened_at
        return _warned(files, clue, clue, more, since)
    if (at := moment_of(clue.facts.get("found_criminal_at"))) and not declined:
        return _warned(files, clue, clue, [*files.revoked(clue), CHANGED], at)
    return None


def untaken(files: CrimeFiles, clue: FiledClue) -> Warned | None:
    """Delivered, and the police are late or refused."""
    referral = files.referral(clue)
    if referral is None or referral.ended_at is not None:
        return None
    since = referral.delivered_at or referral.opened_at
    late = files.late_of(referral) if referral.state in UNANSWERED else []
    refusal = []
    if referral.state in UNTAKEN:
        ground = str(referral.facts.get("refusal_ground") or "").strip()
        refusal = [f"公安机关不予立案：{ground}" if ground else "公安机关逾期，已建议立案监督"]
    return _warned(files, clue, referral, [*refusal, *late], since) if refusal or late else None


def fined(files: CrimeFiles, clue: FiledClue) -> Warned | None:
    """A threshold was met and a penalty was imposed, and nothing left the organ."""
    met = files.met(clue)
    if met is None or files.was_delivered(clue):
        return None
    case, figures = met
    decided = moment_of(case.facts.get("decided_at"))
    imposed = _imposed(files, case)
    if decided is None or not imposed:
        return None
    more = [
        *imposed,
        *(["主要负责人决定不批准移送"] if files.declined(clue) else files.revoked(clue)),
    ]
    return _warned(files, clue, case, [*more, *figures], decided)


def _imposed(files: CrimeFiles, case: FiledProcess) -> list[str]:
    """A case's penalty in words: its sums, else its kinds, else the text of an old decision."""
    penalty = penalty_of(case.facts, DECIDED)
    sums = {"罚款": penalty.fine, "没收违法所得": penalty.confiscated}
    said = [f"{what}{sum_:,f}元" for what, sum_ in sums.items() if sum_ > 0]
    kinds = files.office.rules.penalties
    names = [kinds[one].label for one in penalty.kinds if one in kinds]
    # A decision made before kinds were recorded tells its penalty in free text only.
    text = "" if case.facts.get("no_penalty_ground") else str(case.facts.get("penalty") or "")
    told = "、".join(names) or text.strip()
    return said or ([f"已作出处罚：{told}"] if told else [])


JUDGES: Mapping[str, Callable[[CrimeFiles, FiledClue], Warned | None]] = {
    "unreferred": unreferred,
    "untaken": untaken,
    "fined": fined,
}


def _warned(
    files: CrimeFiles,
    clue: FiledClue,
    by: FiledProcess | FiledClue,
    reasons: Sequence[str],
    since: datetime,
) -> Warned:
    """A line of a warning."""
    rules = files.office.rules
    state = rules.lifecycles[by.kind].states[by.state]
    waits = f"{state.label}，待{chairs_in_words(files.office, state.awaits)}"
    return Warned(
        clue=clue,
        department=rules.departments[by.department_id].name,
        reasons=tuple(reasons),
        since=since,
        days=(day_of(files.now) - day_of(since)).days,
        awaited=waits if state.awaits else state.label,
        referral=files.referral(clue),
    )


def _amount(value: object) -> Decimal:
    try:
        return Decimal(str(value or 0))
    except InvalidOperation:
        return Decimal(0)
