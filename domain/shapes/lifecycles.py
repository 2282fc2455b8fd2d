"""The shape of `config/lifecycles/`: states, actions, and what an action needs and brings about."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from domain.shapes.entries import Record, Strings, one_or_many

FieldType = Literal[
    "text",
    "long_text",
    "date",
    "datetime",
    "amount",
    "integer",
    "choice",
    "flag",
    "department",
    "departments",
    "user",
    "users",
    "matter",
    "matters",
    "clue",
    "officer",
    "officers",
    "evidence",
    "offences",
    "penalties",
    "degree",
    "quantities",
    "rows",
]


def _values_by_field(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {name: [_word(one) for one in _listed(each)] for name, each in value.items()}


def _listed(value: object) -> list[object]:
    found = one_or_many(value)
    return list(found) if isinstance(found, list | tuple) else [found]


def _word(value: object) -> object:
    # YAML reads a bare true as a truth value; a form sends the word.
    return "是" if value is True else "否" if value is False else value


class FormField(Record):
    """One field of an action's form; its label is also the name templates use for it.

    `closed_too`: a department that was closed may be named as well. `kept`: the form begins with
    what was written last, for it is amended and not written anew. Every day or moment says how it
    lies in time: `past`: not later than now; `ahead`: not before today; `not_before`: not before
    another field of the form, a fact of the process, or an event (`domain.situation.form_dates`).
    `applies`: the values of another field under which this one is to be filled in at all; pages
    then show it, and hide it otherwise. What must be filled in, guards say. `asked_by`: guards of
    the form that ask for this field, `when`: the condition under which it means anything; pages
    keep it folded away otherwise (`domain.lifecycle.asked_fields`).
    `coded`: a key that only the program reads; people are not shown it. `grouped_by`: a choice of
    the same form, by whose answers what is offered here is grouped: pages show the group of the
    answer given.
    """

    label: str
    type: FieldType = "text"
    required: bool = True
    options: dict[str, str] = Field(default_factory=dict)
    columns: dict[str, str] = Field(default_factory=dict)
    hint: str = ""
    past: bool = False
    ahead: bool = False
    not_before: str | None = None
    closed_too: bool = False
    kept: bool = False
    coded: bool = False
    asked_by: Strings = ()
    when: str | None = None
    grouped_by: str | None = None
    applies: Annotated[dict[str, tuple[str, ...]], BeforeValidator(_values_by_field)] = Field(
        default_factory=dict
    )


class Requirement(Record):
    """A named guard, with the article that its refusal cites (the action's own by default)."""

    guard: str
    basis: str | None = None


def _requirements(value: object) -> object:
    items = one_or_many(value)
    if not isinstance(items, list):
        return items
    return [{"guard": item} if isinstance(item, str) else item for item in items]


Requirements = Annotated[tuple[Requirement, ...], BeforeValidator(_requirements)]


class ClockStart(Record):
    """A clock that an action opens.

    `from_field`, `from_fact`: the form field or fact that holds its start (now, otherwise);
    `due_field`, `due_fact`: the field or fact that states the due day.
    `restart`: an open clock of the same rule begins anew instead of standing in the way.
    """

    clock: str
    when: str | None = None
    from_field: str | None = None
    from_fact: str | None = None
    due_field: str | None = None
    due_fact: str | None = None
    restart: bool = False
    owner: Literal["holder", "police", "procuratorate", "arbiter", "coordinator"] = "holder"


def _clock_starts(value: object) -> object:
    items = one_or_many(value)
    if not isinstance(items, list):
        return items
    return [{"clock": item} if isinstance(item, str) else item for item in items]


class Pause(Record):
    """A clock that an action stops for a while, with the reason that is not counted.

    `when`: the named condition under which it does.
    It stands still where the limit of the organ names the reason among its `excluded`, or where the
    form names the organ's own rule (`exclusion_ground`).
    `until_field`: the form field with the last day of it, as the party was told; it ends with that
    day by itself, and no other act but a new telling makes it longer.
    """

    clock: str
    reason: str
    when: str | None = None
    until_field: str | None = None


class Issue(Record):
    """A document that an action issues, perhaps only when a named condition holds."""

    document: str
    when: str | None = None


def _issues(value: object) -> object:
    items = one_or_many(value)
    if not isinstance(items, list):
        return items
    return [{"document": item} if isinstance(item, str) else item for item in items]


class Then(Record):
    """A transition of another process that happens in the same transaction.

    `each`: once for every item of a form field, or (`@name`) of a named selection of processes;
    `target`: the form field with the clue it happens to; `form`: a named maker of its form.
    """

    process: str
    action: str
    when: str | None = None
    each: str | None = None
    target: str | None = None
    form: str | None = None


class Receipt(Record):
    """A paper that came from outside and that an action enters: what the register says of it.

    `paper`, `sender`: words, or `@field` of the form; `sender` may be `@actor`, the organ that acts
    (the paper then comes to the process's `comes_to`), or `@party`. `number`, `received_on`,
    `pages`: fields of the form. Where the field of `sender` is empty, nothing came in.
    """

    paper: str
    sender: str
    number: str = ""
    received_on: str = ""
    pages: str = ""
    comes_to: Literal["holder", "counterpart"] = "holder"


class FollowUpOrder(Record):
    """Work that a stage flow does after the commit, at once or when a field or clock says."""

    stage: str
    task: str
    when: str | None = None
    at_due_of: str | None = None


class Transition(Record):
    """One action of a lifecycle: who, from, to, on what condition, by when, on what basis."""

    label: str
    from_: Strings = Field(alias="from")
    to: str
    by: Strings
    at: Strings = ("holder",)
    requires: Requirements = ()
    form_requires: Requirements = ()
    form: dict[str, FormField] = Field(default_factory=dict)
    opens: Annotated[tuple[ClockStart, ...], BeforeValidator(_clock_starts)] = ()
    stops: Strings = ()
    pauses: tuple[Pause, ...] = ()
    resumes: Strings = ()
    extends: Strings = ()
    issues: Annotated[tuple[Issue, ...], BeforeValidator(_issues)] = ()
    receives: Receipt | None = None
    tells: Strings = ()
    then: tuple[Then, ...] = ()
    followups: tuple[FollowUpOrder, ...] = ()
    effects: Strings = ()
    basis: Strings
    note: str = ""


class State(Record):
    """A state of a process, and which chair is expected to act next."""

    label: str
    awaits: Strings = ()
    ended: bool = False


class Lifecycle(Record):
    """One process as a table of states and actions.

    `root`: the process whose dossier this one belongs to; itself, where it is a main line.
    `numbers`: how the numbers of its dossiers begin, for a main line.
    `after_end`: it may begin although its main line has ended.
    """

    process: str
    label: str
    root: str = "clue"
    numbers: str = ""
    after_end: bool = False
    states: dict[str, State]
    actions: dict[str, Transition]

    @property
    def is_root(self) -> bool:
        """Whether it is the main line of a clue or undertaking, and no process beside one."""
        return self.process == self.root
