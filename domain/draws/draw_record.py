"""The record of a draw: everything that went in and came out, in full or as the public sees it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.draws.frame import Frame
from domain.draws.hashing import EDITION, commitment_of, seed_of
from domain.draws.replacing import Replacement, standing_after
from domain.draws.sampling import Outcome, draw


@dataclass(frozen=True)
class Opened:
    """What is known once the draw is revealed: the secret and the witnesses' numbers, in order."""

    secret: str
    numbers: tuple[str, ...]


def outcome_of(frame: Frame, opened: Opened) -> tuple[str, Outcome]:
    """The seed and what it draws from the frame."""
    seed = seed_of(frame.sha, opened.secret, opened.numbers)
    return seed, draw(frame, seed)


def full_record(number: str, frame: Frame, opened: Opened) -> dict[str, Any]:
    """The record for 法制, 纪检 and auditors: it can be replayed whole by `verify_draw.py`."""
    seed, outcome = outcome_of(frame, opened)
    return {
        **_head(number, frame, opened, seed),
        "kind": "full",
        "frame": frame.content,
        "drawn": {
            item: {
                stratum: [[one, outcome.tickets[one]] for one in things]
                for stratum, things in strata.items()
            }
            for item, strata in outcome.drawn.items()
        },
        "officers": {
            thing: {department: list(pair) for department, pair in sent.items()}
            for thing, sent in outcome.sent.items()
        },
    }


def standing_record(frame: Frame, opened: Opened, made: Iterable[Replacement]) -> dict[str, Any]:
    """Who is inspected for what and by whom once the replacements were made, as files hold it."""
    seed, outcome = outcome_of(frame, opened)
    found = standing_after(frame, seed, outcome, made)
    return {
        "items": {thing: sorted(items) for thing, items in found.items.items()},
        "officers": {
            thing: {department: list(team) for department, team in teams.items()}
            for thing, teams in found.sent.items()
        },
    }


def public_record(number: str, frame: Frame, opened: Opened) -> dict[str, Any]:
    """The record for everybody, after the visits: no strata, and nobody who was not drawn.

    A credit class must not be inferred from it (不公开), so items show their total base only.
    """
    seed, outcome = outcome_of(frame, opened)
    base = Counter(item for _, item, _ in frame.places)
    return {
        **_head(number, frame, opened, seed),
        "kind": "public",
        "base": dict(base),
        "drawn": {
            item: [[one, outcome.tickets[one]] for one in _ordered(outcome, strata)]
            for item, strata in outcome.drawn.items()
        },
    }


def _ordered(outcome: Outcome, strata: Mapping[str, tuple[str, ...]]) -> list[str]:
    things = [one for layer in strata.values() for one in layer]
    return sorted(things, key=outcome.tickets.__getitem__)


def _head(number: str, frame: Frame, opened: Opened, seed: str) -> dict[str, Any]:
    return {
        "edition": EDITION,
        "hash": "sha256",
        "no": number,
        "frame_sha": frame.sha,
        "commitment": commitment_of(opened.secret),
        "secret": opened.secret,
        "numbers": list(opened.numbers),
        "seed": seed,
    }
