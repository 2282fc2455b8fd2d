"""The shape of every record in `config/`: frozen, and a stray key is an error.

The keys of `values` are dates: a changed law adds a date, the past is never edited.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Evidence = Literal["text", "secondary", "memory", "local"]
"""How sure a citation is: its text was seen, a second-hand account was, it is from memory
(shown as 待法制核对), or it is a figure the unit sets itself (shown as 本级约定)."""

Unit = Literal["hours", "natural_days", "working_days", "months"]


class Record(BaseModel):
    """A frozen record of the rulebook."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str | dict) else value


Strings = Annotated[tuple[str, ...], BeforeValidator(_one_or_many)]
"""One name or a list of names."""


# --- laws.yaml -------------------------------------------------------------------------------


class Citation(Record):
    """One article, cited by its id everywhere else."""

    article: str
    says: str
    evidence: Evidence
    last_checked: date
    note: str = ""


class Instrument(Record):
    """A law, regulation or local arrangement with the citations the rulebook draws from it."""

    title: str
    number: str = ""
    from_: date = Field(alias="from")
    until: date | None = None
    note: str = ""
    citations: dict[str, Citation]


# --- deadlines.yaml, ladders.yaml, calendar/*.yaml ---------------------------------------------


class DeadlineValue(Record):
    """A limit as in force from its date; `amount` is None where the document itself states it."""

    amount: int | None
    unit: Unit
    basis: str


class ExtensionRung(Record):
    """One rung of an extension ladder; `amount` None means that the approver states the figure.

    `to_total`: the whole limit becomes `amount` (至30日); it does not grow by it (延长30日).
    """

    amount: int | None
    unit: Unit
    approver: str
    condition: str = ""
    times: int = 1
    to_total: bool = False
    basis: str


class ConfirmedReading(Record):
    """How legal staff read a limit on whose holidays the law is silent; decides what is late."""

    unit: Unit
    roll_forward: bool
    confirmed_by: str
    confirmed_on: date


class DeadlineRule(Record):
    """A time limit: who owes what until when, and on which article."""

    label: str
    actor: str
    starts_on: str
    stops_on: str
    roll_forward: bool
    first_day: Literal["not_counted", "next_working_day"] = "not_counted"
    direction: Literal["forward", "backward"] = "forward"
    excluded: Strings = ()
    extensions: tuple[ExtensionRung, ...] = ()
    optional_right: bool = False
    same_as: str | None = None
    ladder: str = "standard"
    until: date | None = None
    confirmed: ConfirmedReading | None = None
    note: str = ""
    values: dict[date, DeadlineValue]

    def in_force(self, day: date) -> DeadlineValue | None:
        """The value for a clock that starts on `day`, or None where the rule was not in force."""
        if self.until is not None and day >= self.until:
            return None
        dates = [start for start in self.values if start <= day]
        return self.values[max(dates)] if dates else None


class ParameterValue(Record):
    """A figure of law that is not a time limit, as in force from its date."""

    amount: Decimal
    basis: str


class Parameter(Record):
    """A dated figure of law: a rate or a share."""

    label: str
    unit: str
    values: dict[date, ParameterValue]

    def in_force(self, day: date) -> Decimal:
        """The figure on `day`; before the first date, the first figure."""
        dates = [start for start in self.values if start <= day]
        return self.values[max(dates) if dates else min(self.values)].amount


# --- roles.yaml, departments.yaml, matters.yaml --------------------------------------------------


class Role(Record):
    """A chair: what it is called and how far it sees."""

    label: str
    sees: Literal["all", "department", "referrals", "nothing"]
    note: str = ""


class Department(Record):
    """An organ that may send, receive or decide.

    `closed`: it was merged or dissolved; it finishes what it holds and is given nothing new.
    """

    name: str
    short: str
    code: str = ""
    area: str
    level: Literal["province", "city", "county"]
    function: str
    kind: Literal[
        "enforcement",
        "police",
        "procuratorate",
        "justice",
        "staffing",
        "government",
        "hotline",
        "supervision",
    ] = "enforcement"
    superior: str | None = None
    aliases: tuple[str, ...] = ()
    address: str = ""
    phone: str = ""
    email: str = ""
    closed: bool = False


class Matter(Record):
    """One 监管事项 of the list: who leads, who co-operates, and the words that lead to it."""

    field: str
    name: str
    lead: str
    cooperating: tuple[str, ...] = ()
    basis: Strings
    objects: str
    category: Literal["重点事项", "一般事项"]
    method: str
    level: Strings
    keywords: tuple[str, ...]
    excludes: tuple[str, ...] = ()
    offences: tuple[str, ...] = ()


class OtherChannel(Record):
    """A way other than verification (信访, 诉讼 …), with the words that hint at it."""

    label: str
    advice: str
    words: tuple[str, ...]


# --- documents.yaml ------------------------------------------------------------------------------


class DocumentKind(Record):
    """A kind of official document: its title, number series, and who issues and signs it."""

    title: str
    template: str
    series: str
    issuer: Literal["acting", "lead", "sender", "hotline", "government"] = "acting"
    signer: str
    to: str
    when: str
    basis: Strings


# --- lifecycles/*.yaml ---------------------------------------------------------------------------

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
    "offences",
    "quantities",
    "rows",
]


class FormField(Record):
    """One field of an action's form; its label is also the name templates use for it.

    `closed_too`: a department that was closed may be named as well.
    """

    label: str
    type: FieldType = "text"
    required: bool = True
    options: dict[str, str] = {}
    columns: dict[str, str] = {}
    hint: str = ""
    closed_too: bool = False


class Requirement(Record):
    """A named guard, with the article that its refusal cites (the action's own by default)."""

    guard: str
    basis: str | None = None


def _requirements(value: object) -> object:
    items = _one_or_many(value)
    if not isinstance(items, list):
        return items
    return [{"guard": item} if isinstance(item, str) else item for item in items]


Requirements = Annotated[tuple[Requirement, ...], BeforeValidator(_requirements)]


class ClockStart(Record):
    """A clock that an action opens.

    `from_field`, `from_fact`: the form field or fact that holds its start (now, otherwise);
    `due_field`: the field that states the due day.
    `restart`: an open clock of the same rule begins anew instead of standing in the way.
    """

    clock: str
    when: str | None = None
    from_field: str | None = None
    from_fact: str | None = None
    due_field: str | None = None
    restart: bool = False
    owner: Literal["holder", "police", "procuratorate", "arbiter"] = "holder"


def _clock_starts(value: object) -> object:
    items = _one_or_many(value)
    if not isinstance(items, list):
        return items
    return [{"clock": item} if isinstance(item, str) else item for item in items]


class Pause(Record):
    """A clock that an action stops for a while, with the reason that is not counted."""

    clock: str
    reason: str


class Issue(Record):
    """A document that an action issues, perhaps only when a named condition holds."""

    document: str
    when: str | None = None


def _issues(value: object) -> object:
    items = _one_or_many(value)
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
    form: dict[str, FormField] = {}
    opens: Annotated[tuple[ClockStart, ...], BeforeValidator(_clock_starts)] = ()
    stops: Strings = ()
    pauses: tuple[Pause, ...] = ()
    resumes: Strings = ()
    extends: Strings = ()
    issues: Annotated[tuple[Issue, ...], BeforeValidator(_issues)] = ()
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
    """One process as a table of states and actions."""

    process: str
    label: str
    states: dict[str, State]
    actions: dict[str, Transition]


class Region(Record):
    """A parameter pack: only what differs from the national default."""

    label: str
    reply_clock: str | None = None
    return_clock: str | None = None
    plan_due: str = ""
    amounts: dict[str, dict[str, Decimal]] = {}
    basis: Strings = ()
    note: str = ""
