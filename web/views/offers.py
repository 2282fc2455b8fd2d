"""The actions of a clue or undertaking as its page offers them, and why others are refused."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.lifecycle.plan import Allowed
from domain.rulebook.usual_steps import usual_steps
from flows.door.locked_dossier import Root
from flows.door.page_paths import form_path
from web.request.desk import Desk

FEW = 8
"""So many actions are shown without a fold."""


@dataclass(frozen=True)
class Offer:
    """An action to take, and where its form is."""

    allowed: Allowed
    url: str
    process: str
    usual: bool


def rank_of(offer: Offer) -> tuple[bool, bool]:
    """The usual next step first, then what changes the main line."""
    return (not offer.usual, offer.allowed.process.id == 0)


def offer_of(desk: Desk, root: Root, one: Allowed) -> Offer:
    """An action of a clue or undertaking with the address of its form."""
    process = one.process
    lifecycle = desk.office.rules.lifecycles[process.kind]
    return Offer(
        allowed=one,
        url=form_path(root, lifecycle, one.action, process.id),
        process=lifecycle.label,
        usual=one.action in usual_steps(process.kind, process.state),
    )


@dataclass(frozen=True)
class Offers:
    """What may be done, and what may not: because the law says so, or because it is another's."""

    open: tuple[Offer, ...]
    forbidden: tuple[Offer, ...]
    of_others: tuple[Offer, ...]

    @property
    def first(self) -> tuple[Offer, ...]:
        """Those that go on with what is at hand; all where there are few."""
        if len(self.open) <= FEW:
            return self.open
        return tuple(one for one in self.open if one.allowed.process.id or one.usual)

    @property
    def more(self) -> tuple[Offer, ...]:
        """Those that begin something beside."""
        if len(self.open) <= FEW:
            return ()
        return tuple(one for one in self.open if not (one.allowed.process.id or one.usual))

    @property
    def repeated(self) -> frozenset[str]:
        """The labels that stand there more than once, so that each needs its department."""
        told = Counter(one.allowed.label for one in self.open)
        return frozenset(label for label, number in told.items() if number > 1)


def offers_of(desk: Desk, root: Root, judged: Iterable[Allowed], due: str = "") -> Offers:
    """The judged actions sorted: the usual one first; refused ones by whose they are.

    `due`: the one action that has to come first; while it may be taken nothing else is usual.
    """
    found = [offer_of(desk, root, one) for one in judged]
    if any(one.allowed.action == due and not one.allowed.reasons for one in found):
        found = [replace(one, usual=one.allowed.action == due) for one in found]
    refused = [one for one in found if one.allowed.reasons]
    return Offers(
        open=tuple(sorted((one for one in found if not one.allowed.reasons), key=rank_of)),
        forbidden=tuple(one for one in refused if one.allowed.is_his),
        of_others=tuple(one for one in refused if not one.allowed.is_his),
    )
