"""Reporters of clues: encrypted at rest, masked on every screen."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache

from domain.files.identifiers import half_width
from domain.files.reporter_words import Known, mask_name, mask_phone, without_reporter
from flows.site.keys import Keys

TOLD = ("title", "content")
"""Where a reporter may have written who he is among his words."""


@dataclass(frozen=True)
class Reporter:
    """Who a reporter is and how to reach him, in clear: never logged, never in an event.

    `words` are his title and content as he wrote them, where his own number stood in them.
    """

    name: str
    phone: str
    address: str = ""
    words: str = ""

    def __repr__(self) -> str:
        return f"Reporter({mask_name(self.name)})"


def seal_reporter(reporter: Reporter, keys: Keys) -> bytes | None:
    """Everything about a reporter encrypted together; None for an anonymous report."""
    told = {name: value for name, value in asdict(reporter).items() if value}
    return keys.sealed(json.dumps(told, ensure_ascii=False)) if told else None


def open_reporter(sealed: bytes, keys: Keys) -> Reporter:
    """The reporter in clear; the caller records who looked and why."""
    return Reporter(**{"name": "", "phone": "", **json.loads(keys.opened(sealed))})


def reporter_form(sealed: bytes | None, keys: Keys) -> dict[str, object]:
    """The reporter as a form of registration names him, for a clue split off another."""
    if sealed is None:
        return {}
    found = open_reporter(sealed, keys)
    told = {
        "reporter_name": found.name,
        "reporter_phone": found.phone,
        "reporter_address": found.address,
    }
    return {name: value for name, value in told.items() if value}


def named_in_full(
    facts: Mapping[str, object], fact: str, sealed: bytes | None, keys: Keys
) -> Mapping[str, object]:
    """The facts of a paper as it is written to its reporter: his name in full, where he gave one.

    What is kept of the paper says `facts`, where he is masked.
    """
    name = open_reporter(sealed, keys).name if fact and sealed else ""
    if not name:
        return facts
    return {**facts, fact: [name] if isinstance(facts.get(fact), list) else name}


@lru_cache(maxsize=2048)
def masked_reporter(sealed: bytes | None, keys: Keys) -> str:
    """The reporter as listings show him: all that is remembered of him here."""
    if sealed is None:
        return "匿名"
    found = open_reporter(sealed, keys)
    return f"{mask_name(found.name)} {mask_phone(found.phone)}".strip()


def without_own_words(form: Mapping[str, object]) -> tuple[Mapping[str, object], str]:
    """A registration's form as it may be kept, and what was written where that differs."""
    known = Known(
        name=str(form.get("reporter_name") or ""),
        phone=half_width(str(form.get("reporter_phone") or "")),
        address=str(form.get("reporter_address") or ""),
        confidential=bool(form.get("confidential")),
        others=(half_width(str(form.get("subject_phone") or "")),),
    )
    told = {name: str(form[name]) for name in TOLD if form.get(name)}
    masked = {name: without_reporter(text, known) for name, text in told.items()}
    return {**form, **masked}, "" if masked == told else "\n".join(told.values())
