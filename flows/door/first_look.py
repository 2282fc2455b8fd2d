"""The first look at a new clue: its likely matter, department and duplicates. A person decides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session, col, select

from domain.duplicates.fingerprints import Fingerprint
from domain.duplicates.matching import Suspicion, duplicates_of
from domain.duplicates.names import reporter_identity
from domain.duplicates.rarity import UNKNOWN, Rarity
from domain.files.work_order import IncomingClue
from domain.routing.learning import Learned
from domain.routing.routing import Routing
from domain.tables.process import Clue
from flows.door.duplicates import (
    forget_fingerprint,
    keep_fingerprint,
    keep_fingerprints,
    likely_duplicates,
    raise_anew,
    raise_suspicions,
)
from flows.matching.candidates import Arrivals
from flows.matching.comparison import Compared, begin_comparing, suspicions
from flows.matching.looks import (
    Knowledge,
    Look,
    look_at,
    mark_of,
    proposal,
    seen_again,
    without_reporter_of,
)
from flows.matching.routing_lessons import learned_in
from flows.matching.word_rarity import rarity_in
from flows.site.office import Office
from flows.site.portions import asked_once, portion_of
from flows.site.word_search import index_for_search

SUGGESTION, INTAKE = "suggestion", "intake"
"""The facts of a clue under which the suggestion and the platform's other words are kept."""
SUSPECTED = "suspected"
"""With a clue's id, what a portion tells of its duplicates: how many."""
COMPARED = frozenset({"title", "content", "place", "subject_name", "subject_code"})
"""The columns of a clue by which it is compared with others."""


def clue_from_form(form: Mapping[str, object], area: str) -> IncomingClue:
    """A clue registered by hand, as if it had come from a platform."""
    told = {
        name: str(form[name])
        for name in (
            "outside_no",
            "category",
            "place",
            "subject_name",
            "subject_code",
            "reporter_name",
            "reporter_phone",
            "reporter_address",
            "subject_phone",
        )
        if form.get(name)
    }
    return IncomingClue(
        row=0,
        channel=str(form["channel"]),
        channel_label="",
        received_at=datetime.fromisoformat(str(form["received_at"])),
        title=str(form["title"]),
        content=str(form["content"]),
        area=area,
        confidential=bool(form.get("confidential")),
        **{"outside_no": "", **told},  # type: ignore[arg-type]
    )


def suggest(office: Office, incoming: IncomingClue, desk: str, session: Session) -> Routing:
    """The proposal where the clue belongs; `desk`, a department's id, where no matter fits.

    By the dictionaries, and by the site's own record where that has shown to do better.
    """
    return proposal(incoming, desk, knowledge(office, learned_in(session)))


def knowledge(office: Office, learned: Learned, rarity: Rarity = UNKNOWN) -> Knowledge:
    """What clues are read with in this office."""
    return Knowledge(office.rules.routing, office.settings.area, learned, rarity)


def first_look(
    session: Session, office: Office, incoming: IncomingClue, desk: str, look: Look | None = None
) -> Look:
    """What there is to see of a new clue; `look`: what somebody saw of it a moment ago."""
    learned = asked_once(session, Learned, lambda: learned_in(session))
    rarity = asked_once(session, Rarity, lambda: rarity_in(session))
    known = knowledge(office, learned, rarity)
    return seen_again(look, incoming, desk, known) if look else look_at(incoming, desk, known)


def clue_fingerprint(
    office: Office,
    incoming: IncomingClue,
    routing: Routing | None = None,
    rarity: Rarity = UNKNOWN,
) -> Fingerprint:
    """The fingerprint a clue is compared by, with its reporter as a keyed hash.

    `routing` tells the matter or duty where its proposal is sure enough to compare by.
    """
    mark = mark_of(without_reporter_of(incoming), routing, rarity)
    return _with_reporter(mark, office, incoming)


def _with_reporter(mark: Fingerprint, office: Office, incoming: IncomingClue) -> Fingerprint:
    identity = reporter_identity(incoming)
    return replace(mark, reporter_key=office.keys.blind(identity)) if identity else mark


def first_facts(look: Look) -> dict[str, object]:
    """The facts with which a clue begins; nothing in them tells who reported."""
    incoming, routing = look.kept, look.routing
    told: dict[str, object] = {
        "urgency": incoming.urgency,
        "wants_reply": incoming.wants_reply,
        "confidential": incoming.confidential,
        "named_department": incoming.named_department,
        "replies": incoming.replies,
        "warnings": list(incoming.warnings),
    }
    return {
        INTAKE: {name: value for name, value in told.items() if value not in ("", [])},
        SUGGESTION: {
            "matter": routing.matter,
            "duty": routing.duty,
            "handling": routing.handling,
            "lead": routing.lead,
            "cooperating": list(routing.cooperating),
            "confidence": routing.confidence,
            "words": list(routing.words),
            "reason": routing.reason,
            "ground": routing.ground,
            "other_channel": routing.other_channel,
            "candidates": [
                {"department": one.department, "matter": one.matter, "score": one.score}
                for one in routing.candidates
            ],
        },
    }


@dataclass
class Comparison:
    """The clues of a portion that are compared together, and what is found, once that is asked."""

    marks: dict[int, Fingerprint] = field(default_factory=dict)
    clues: dict[int, Clue] = field(default_factory=dict)
    begun: Mapping[int, Fingerprint] = field(default_factory=dict)
    found: Callable[[], Compared] = Compared


def to_compare(
    session: Session, office: Office, clue_id: int, incoming: IncomingClue, look: Look
) -> Comparison:
    """What a new clue is compared with others by; a portion's are compared together."""
    comparison = asked_once(session, SUSPECTED, Comparison)
    comparison.marks[clue_id] = _with_reporter(look.mark, office, incoming)
    return comparison


def begin_to_compare(session: Session, comparison: Comparison, rarity: Rarity) -> None:
    """Has clues compared from now on, with all that was registered before them."""
    if not comparison.begun:
        comparison.begun = dict(comparison.marks)
        comparison.found = begin_comparing(session, comparison.begun, rarity)


def compare_and_remember(
    session: Session, clue: Clue, comparison: Comparison, rarity: Rarity
) -> tuple[Suspicion, ...]:
    """Raises the suspicions against earlier clues, and lets later ones be compared with this.

    The answer names the duplicates; what is related is only put before the person who looks.
    What was taken off a clue on purpose is no duplicate of it. In a portion all its clues are
    dealt with at its end: the answer is empty, and what it `told` under SUSPECTED says how many.
    """
    index_for_search(session, clue)
    comparison.clues[clue.id or 0] = clue
    portion = portion_of(session)
    if portion is None:
        return _raised(session, comparison, rarity)[clue.id or 0]

    def raise_all() -> None:
        found = _raised(session, comparison, rarity)
        portion.told.update({(SUSPECTED, key): len(one) for key, one in found.items()})

    portion.ends[SUSPECTED] = raise_all
    return ()


def _raised(
    session: Session, comparison: Comparison, rarity: Rarity
) -> dict[int, tuple[Suspicion, ...]]:
    """The duplicates of new clues; what is suspected is raised, and each is remembered."""
    own = comparison.marks
    compared = comparison.found() if own == comparison.begun else Compared()
    all_found = compared.found or suspicions(session, Arrivals.of(own), rarity)
    told: dict[int, tuple[Suspicion, ...]] = {}
    for clue_id, clue in comparison.clues.items():
        left = _left(session, clue)
        found = tuple(one for one in all_found[clue_id] if one.key != left)
        raise_suspicions(session, clue_id, found, clue.opened_at)
        told[clue_id] = duplicates_of(found)
    keep_fingerprints(session, own, compared.counted)
    return told


def compare_again(session: Session, office: Office, clue: Clue, now: datetime) -> None:
    """A clue whose party, place or words were corrected is compared anew, and found by the new.

    Suspicions decided upon stay; those raised before and undecided are raised afresh or fall.
    """
    clue_id, rarity = clue.id or 0, rarity_in(session)
    own = _mark_of(session, office, clue, rarity)
    forget_fingerprint(session, clue_id)
    left = _left(session, clue)
    found = likely_duplicates(session, own, rarity)
    raise_anew(session, clue_id, [one for one in found if one.key != left], now)
    keep_fingerprint(session, clue_id, own)


def index_again(session: Session, office: Office, clue: Clue) -> None:
    """A clue that an earlier version kept is found by what this version looks for.

    Nothing is compared and no suspicion raised: whether it is one was asked when it came.
    """
    own = _mark_of(session, office, clue, rarity_in(session))
    forget_fingerprint(session, clue.id or 0)
    keep_fingerprint(session, clue.id or 0, own)


def _mark_of(session: Session, office: Office, clue: Clue, rarity: Rarity) -> Fingerprint:
    """The fingerprint of a clue as its row stands."""
    incoming = _as_it_stands(clue, office)
    routing = suggest(office, incoming, clue.desk_id, session)
    own = clue_fingerprint(office, incoming, routing, rarity)
    return replace(own, reporter_key=clue.reporter_key)


def _as_it_stands(clue: Clue, office: Office) -> IncomingClue:
    """A clue's row as a platform would tell it, without its reporter."""
    return IncomingClue(
        row=0,
        channel=clue.channel,
        channel_label="",
        outside_no=clue.outside_no or "",
        received_at=clue.received_at,
        title=clue.title,
        content=clue.content,
        category=clue.category or "",
        place=clue.place or "",
        subject_name=clue.subject_name or "",
        subject_code=clue.subject_code or "",
        area=clue.area or office.settings.area,
    )


def _left(session: Session, clue: Clue) -> str:
    """The key of the clue that this one was taken off, if any."""
    number = clue.facts.get("split_from")
    if not number:
        return ""
    return str(session.exec(select(col(Clue.id)).where(col(Clue.no) == number)).first() or "")
