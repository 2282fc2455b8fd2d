"""Papers from outside as the act that enters them tells of them: what came, from whom, when."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.shapes.lifecycles import Receipt, Transition

ACTOR, PARTY = "@actor", "@party"
ENTERED_ON = "entered_on"
"""The fact of a process that keeps, by action, the day on which its paper was entered."""
FIELD = "@"


@dataclass(frozen=True)
class Received:
    """A paper that came in. `sender` is ACTOR or PARTY where the form does not name it.

    `received_on` is the day or moment as the form has it, else the day on which it was entered.
    """

    title: str
    sender: str
    number: str = ""
    received_on: str = ""
    pages: str = ""

    @property
    def page_count(self) -> int | None:
        """The pages as a number, where the form says one."""
        return int(self.pages) if self.pages.isdecimal() else None


def received(
    transition: Transition, form: Mapping[str, object], entered_on: str = ""
) -> Received | None:
    """The paper that an act enters; None where it enters none, or its sender is left out.

    `entered_on`: the day of the act, empty where nobody kept it.
    """
    told = transition.receives
    if told is None:
        return None
    title, sender = (_said(one, transition, form) for one in (told.paper, told.sender))
    if not (title and sender):
        return None
    return Received(
        title,
        sender,
        number=_text(form.get(told.number)),
        received_on=_text(form.get(told.received_on)) or entered_on,
        pages=_text(form.get(told.pages)),
    )


def act_key(kind: str, process_id: int, action: str) -> str:
    """The act that entered a paper, as the scan of that paper names it."""
    return f"{kind}-{process_id}-{action}"


def fields_named(receipt: Receipt) -> list[str]:
    """The fields of the form that a receipt reads."""
    said = [one.removeprefix(FIELD) for one in (receipt.paper, receipt.sender) if _is_field(one)]
    return [*said, *filter(None, (receipt.number, receipt.received_on, receipt.pages))]


def fields_shown(receipt: Receipt) -> list[str]:
    """The fields of the form by which a register names the paper: title, sender, number."""
    said = [one.removeprefix(FIELD) for one in (receipt.paper, receipt.sender) if _is_field(one)]
    return [*said, *filter(None, (receipt.number,))]


def said_always(receipt: Receipt) -> str:
    """What every such paper is called and who sends it, where no form says so."""
    said = (receipt.paper, receipt.sender)
    return "".join(one for one in said if not one.startswith(FIELD))


def _is_field(words: str) -> bool:
    return words.startswith(FIELD) and words not in {ACTOR, PARTY}


def _said(words: str, transition: Transition, form: Mapping[str, object]) -> str:
    """The words themselves, or what the field of the form says, a choice by its label."""
    if not _is_field(words):
        return words
    name = words.removeprefix(FIELD)
    value = _text(form.get(name))
    field = transition.form.get(name)
    return field.options.get(value, value) if field else value


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
