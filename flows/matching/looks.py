"""The first look at an incoming clue before anything of it is written: pure, for any process.

What it is about and where it may belong, and what it is compared by; who reported is left out.
"""

from dataclasses import dataclass, replace
from functools import partial

from domain.duplicates.fingerprints import Fingerprint, Topics, fingerprint
from domain.duplicates.keys import keys
from domain.duplicates.rarity import UNKNOWN, Rarity
from domain.files.reporter_words import Known, without_reporter
from domain.files.work_order import IncomingClue
from domain.routing.learning import NOTHING, Learned
from domain.routing.matter_index import RoutingIndex
from domain.routing.routing import Routing, RoutingText, route

COMPARABLE = 0.4
"""Two clues are of one matter where each is proposed for it with at least this confidence."""


@dataclass(frozen=True)
class Knowledge:
    """What clues are read with: the dictionaries, and what the site learnt of its own clues.

    `area`: the site's, for a clue that names none.
    """

    index: RoutingIndex
    area: str
    learned: Learned = NOTHING
    rarity: Rarity = UNKNOWN


@dataclass(frozen=True)
class Look:
    """What was seen of a clue: its words as they may be kept, the proposal, what it is compared by.

    `mark` is without who reported, for that takes the site's key. `known`: what it was read with.
    """

    kept: IncomingClue
    routing: Routing
    mark: Fingerprint
    known: Knowledge


def look_at(incoming: IncomingClue, desk: str, known: Knowledge) -> Look:
    """What there is to see; `desk`, a department's id, is proposed where no matter fits."""
    kept, routing = without_reporter_of(incoming), proposal(incoming, desk, known)
    return Look(kept, routing, mark_of(kept, routing, known.rarity), known)


def seen_again(look: Look, incoming: IncomingClue, desk: str, known: Knowledge) -> Look:
    """A look as it would be with what is known now: only what differs is looked at again."""
    past = look.known
    if past.learned is not known.learned:
        return look_at(incoming, desk, known)
    if past.rarity is known.rarity:
        return look
    mark = replace(look.mark, bands=keys(*look.mark.parts, known.rarity))
    return replace(look, mark=mark, known=known)


def proposal(incoming: IncomingClue, desk: str, known: Knowledge) -> Routing:
    """Where the clue belongs, by the dictionaries and by the site's own record."""
    text = RoutingText(
        title=incoming.title,
        content=incoming.content,
        category=incoming.category,
        place=incoming.place,
        named_department=incoming.named_department,
    )
    return route(text, known.index, incoming.area or known.area, desk, known.learned)


def mark_of(kept: IncomingClue, routing: Routing | None, rarity: Rarity) -> Fingerprint:
    """What a clue is compared by, its reporter left out.

    `routing` tells the matter or duty where its proposal is sure enough to compare by.
    """
    matter = routing.topic if routing and routing.confidence >= COMPARABLE else None
    told = (routing.topics, routing.said) if routing else ({}, frozenset[str]())
    return fingerprint(kept, None, topics=Topics(matter, *told), rarity=rarity)


def without_reporter_of(incoming: IncomingClue) -> IncomingClue:
    """The clue without what tells who reported, wherever it stands in the text."""
    known = Known(
        name=incoming.reporter_name or incoming.reporter_account,
        phone=incoming.reporter_phone,
        address=incoming.reporter_address,
        confidential=incoming.confidential,
        others=(incoming.subject_phone,),
    )
    hide = partial(without_reporter, known=known)
    words = incoming.title, incoming.content, incoming.replies
    title, content, replies = map(hide, words)
    if (title, content, replies) == words:
        return incoming
    return replace(incoming, title=title, content=content, replies=replies)
