"""Reporters of clues: encrypted at rest, masked on every screen."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from domain.files.identifiers import half_width, is_masked
from flows.site.keys import Keys

FULL_PHONE = 7
"""A number with fewer figures is a service number, not somebody's own."""
TOLD = ("title", "content")
"""Where a reporter may have written his own number among his words."""


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
    told = {"reporter_name": found.name, "reporter_phone": found.phone}
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


def masked_reporter(sealed: bytes | None, keys: Keys) -> str:
    """The reporter as listings show him."""
    if sealed is None:
        return "匿名"
    found = open_reporter(sealed, keys)
    return f"{mask_name(found.name)} {mask_phone(found.phone)}".strip()


def without_phone(text: str, phone: str) -> str:
    """A text in which the reporter's own number is masked, however it is spaced or written."""
    if len(phone) < FULL_PHONE or is_masked(phone):
        return text
    # Figures may be full width and parted by spaces or dashes; a longer number that contains this
    # one is another's and stays.
    for number in _written(phone):
        figures = r"[\s\-—–.]?".join(f"[{one}{chr(ord(one) + 0xFEE0)}]" for one in number)
        text = re.sub(rf"(?<!\d)(?:(?:\+|00)?86[\s\-]?)?{figures}(?!\d)", mask_phone(phone), text)
    return text


def without_own_phone(form: Mapping[str, object]) -> tuple[Mapping[str, object], str]:
    """A registration's form as it may be kept, and what was written where that differs."""
    phone = half_width(str(form.get("reporter_phone") or ""))
    told = {name: str(form[name]) for name in TOLD if form.get(name)}
    masked = {name: without_phone(text, phone) for name, text in told.items()}
    return {**form, **masked}, "" if masked == told else "\n".join(told.values())


def _written(phone: str) -> Iterator[str]:
    """The number, and where it is a fixed line the same without its area code."""
    number = re.sub(r"\D", "", phone)
    yield number
    if number.startswith("0"):
        yield number[3 if number.startswith(("01", "02")) else 4 :]


def mask_name(name: str) -> str:
    """The first character and stars."""
    return f"{name[0]}{'*' * max(len(name) - 1, 1)}" if name else ""


def mask_phone(phone: str) -> str:
    """The last four digits at most."""
    return f"{'*' * max(len(phone) - 4, 3)}{phone[-4:]}" if len(phone) > 4 else "*" * len(phone)
