"""The shape of every record in `config/`: frozen, and a stray key is an error.

The keys of `values` are dates: a changed law adds a date, the past is never edited.
"""

from collections.abc import Mapping
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


def one_or_many(value: object) -> object:
    """One thing where a list may stand: a list of it."""
    return [value] if isinstance(value, str | dict) else value


Strings = Annotated[tuple[str, ...], BeforeValidator(one_or_many)]
"""One name or a list of names."""


# --- laws.yaml -------------------------------------------------------------------------------


class Citation(Record):
    """One article, cited by its id everywhere else."""

    article: str
    says: str
    evidence: Evidence
    last_checked: date
    note: str = ""


class Extent(Record):
    """How many articles a law has in the version in force, and how sure that is."""

    articles: int = Field(gt=0)
    evidence: Evidence
    last_checked: date


class Instrument(Record):
    """A law, regulation or local arrangement with the citations the rulebook draws from it.

    `binds`: the functions of the departments it is made for, empty for all; `region`: the
    parameter pack of the place where it holds, none for the whole country; `extent`: its articles,
    where somebody counted them.
    """

    title: str
    number: str = ""
    from_: date = Field(alias="from")
    until: date | None = None
    binds: Strings = ()
    region: str | None = None
    note: str = ""
    extent: Extent | None = None
    citations: dict[str, Citation]


# --- roles.yaml, departments.yaml, matters.yaml, duties.yaml --------------------------------------


class Role(Record):
    """A chair: what it is called and how far it sees."""

    label: str
    sees: Literal["all", "clues", "department", "referrals", "nothing"]
    note: str = ""


class Department(Record):
    """An organ that may send, receive or decide.

    `closed`: it was merged or dissolved; it finishes what it holds and is given nothing new.
    `court`: where its acts are sued over first, in full; `review_organ`: where they are reviewed,
    if not where the law says. `hearing_floor_person`, `hearing_floor_unit`: the fine or
    confiscation in yuan from which a hearing is offered, by the rule `hearing_floor_source`.
    `places`: streets, towns and villages of its area as people write them, which tell the area.
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
    places: tuple[str, ...] = ()
    address: str = ""
    phone: str = ""
    email: str = ""
    court: str = ""
    review_organ: str = ""
    hearing_floor_person: Decimal | None = None
    hearing_floor_unit: Decimal | None = None
    hearing_floor_source: str = ""
    closed: bool = False


class NoOffence(Record):
    """Somebody's statement that no offence belongs to a matter (无对应罪名)."""

    by: str
    stated_on: date
    reason: str


class Matter(Record):
    """One 监管事项 of the list: who leads, who co-operates, and the words that lead to it.

    `cause`: the act a case of it is usually about, as a filing may name it. `prohibits`,
    `punishes`, `measures`: the articles of laws.yaml that its cases usually break, that punish
    them, and under which goods are seized.
    """

    field: str
    name: str
    cause: str = ""
    lead: str
    cooperating: tuple[str, ...] = ()
    basis: Strings
    prohibits: tuple[str, ...] = ()
    punishes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    objects: str
    category: Literal["重点事项", "一般事项"]
    method: str
    level: Strings
    keywords: tuple[str, ...]
    excludes: tuple[str, ...] = ()
    offences: tuple[str, ...] = ()
    no_offence: NoOffence | None = None


Handling = Literal["service", "petition", "consumer", "report"]
"""How what citizens ask for is dealt with; only a report may lead to verification and a case."""


class Duty(Record):
    """A duty of a department beside the 监管事项: what citizens ask it for, and in which words.

    `charter`: the published function (三定规定) it rests on, in substance. `words` say what is
    asked for; `hints` only where and by whom, and count little.
    """

    name: str
    lead: str
    cooperating: tuple[str, ...] = ()
    charter: str
    handling: Handling
    words: Annotated[tuple[str, ...], Field(min_length=1)]
    hints: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


class OtherChannel(Record):
    """A way other than verification (信访, 诉讼 …), with the words that hint at it."""

    label: str
    advice: str
    words: tuple[str, ...]


# --- documents.yaml, regions/*.yaml --------------------------------------------------------------


IN_THE_HOUSE = frozenset({"本机关", "归档", "主要负责人", "受送达人"})
"""Whom papers are for that lie in the organ's own file, the receipt of service among them."""


WITHIN = "本机关"
"""Whom an internal paper (审批表) is addressed to."""


EITHER_MEASURE = "查封（扣押）"


class DocumentKind(Record):
    """A kind of official document: its title, number series, and who issues and signs it.

    `leaves_with`: the acts by which it leaves the house (PROCESS.ACTION); none, and it is sent at
    once. `served_by`: the field of an act that issues it anew (`undone_with`) which, filled in,
    says that it was served then and there. `corrected_with`, `undone_with`: the acts that mend its
    words or take it back once it left, where it has acts of its own. `alters`: what a paper of this
    kind does to another one.
    `reporter_fact`: the fact under which it names the reporter in full; a paper that does is opened
    by those alone who may reveal him. `chosen_by`: the fact that says which of the two measures in
    the title (查封（扣押）) this paper is about. `title_tells`: the fact that stands in brackets
    behind the title where the paper has it: 卷宗封面（正卷）.
    """

    title: str
    template: str
    series: str
    issuer: Literal["acting", "lead", "sender", "hotline", "government"] = "acting"
    signer: str
    to: str
    when: str
    leaves_with: Strings = ()
    served_by: str = ""
    corrected_with: Strings = ()
    undone_with: Strings = ()
    alters: Literal["", "补正", "变更", "撤销"] = ""
    reporter_fact: str = ""
    volume: Literal["", "正卷", "副卷"] = ""
    chosen_by: str = ""
    title_tells: str = ""
    basis: Strings

    def titled(self, facts: Mapping[str, object]) -> str:
        """The title of one paper: the measure chosen, the volume, where the kind leaves it open."""
        chosen = str(facts.get(self.chosen_by) or "") if self.chosen_by else ""
        told = str(facts.get(self.title_tells) or "") if self.title_tells else ""
        title = self.title.replace(EITHER_MEASURE, chosen) if chosen else self.title
        return f"{title}（{told}）" if told else title

    @property
    def is_inner(self) -> bool:
        """Whether it lies in the 副卷: what an organ writes to itself or what names a reporter."""
        if self.volume:
            return self.volume == "副卷"
        return self.to == WITHIN or bool(self.reporter_fact)

    @property
    def stays(self) -> bool:
        """Whether papers of this kind never leave the organ's own file."""
        return self.to in IN_THE_HOUSE


class Region(Record):
    """A parameter pack: only what differs from the national default.

    `within`: the pack of the province whose law holds here too. `reply_yields`: the article by
    which the hotline's days give way to a longer statutory limit; none, and they run on.
    `plan_day`: by which day (month and day) the yearly plan of inspections is made; `plan_clock`:
    the limit that says so.
    """

    label: str
    within: str | None = None
    reply_clock: str | None = None
    return_clock: str | None = None
    reply_yields: str | None = None
    plan_due: str = ""
    plan_day: str = ""
    plan_clock: str = ""
    amounts: dict[str, dict[str, Decimal]] = {}
    basis: Strings = ()
    note: str = ""
