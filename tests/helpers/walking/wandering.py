"""People who act at random: mostly sensibly, sometimes out of turn, with forms good and bad."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache, partial
from itertools import islice

from sqlmodel import col, select

from domain.lifecycle.plan import Refused, standing
from domain.shapes.lifecycles import FormField, Transition
from domain.situation.access import objections
from domain.situation.situation import CHINA, ProcessView, Situation
from domain.tables.process import Clue
from domain.tables.undertaking import Undertaking
from flows.door.situations import load_situation
from flows.door.steps import Command, Outcome, perform
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.filled_forms import Form, filled
from tests.helpers.people import CHAIRS, actor
from tests.helpers.walking.ambitions import AMBITIONS, Ambition
from tests.helpers.walking.own_values import own_values

LEADS = (*["shili-market"] * 6, "shili-health", "shili-urban")
PARTNERS = ("shili-health", "shili-urban", "shili-fire", "shili-market")
OFFENCES = ("fake_goods", "illegal_fundraising", "false_advertising")
RUBBISH: tuple[object, ...] = (
    "",
    "　",
    "昨天",
    -1,
    "1e999",
    [],
    [{"无此列": "x"}],
    {"x": "y"},
    "x" * 501,
)
AT_WORK = 6
WITHOUT_A_CLUE = 0.08
"""How often people turn to what hangs on no clue."""
REASONS = ("silent_reason", "same_subject_reason", "dissent", "exemption")
CHAIRS_AND_SYSTEM = (*CHAIRS, "system")


@dataclass
class Attempt:
    """Somebody wants something of a clue."""

    chair: str
    command: Command


BESIDE = (
    *("request", "supervision", "measure", "duty_crime", "justice_paper", "record", "reward"),
    *("recusal", "reinspection", "remedy", "incoming_paper", "paper_change", "crime_revocation"),
    *("identification", "early_disposal", "unclaimed_goods", "file_access"),
)
"""The processes that somebody may begin beside a clue."""
FIRST = ("clue", "register")
"""The action that begins a clue, and is not taken on one."""
Fitting = tuple[Situation, ProcessView, str, str]
"""Of which clue which process may take which action now, and who would."""


USUALLY: Mapping[str, Form] = {
    "case.report": {"scene_missing": "当场没有制作"},
    "case.record_facts": {"unit_ground": "正在换发证照，由其开办单位承担责任"},
}
"""What people of a walk add to the usual form: they seize at will, and parties have no number."""

CUTS_SHORT = {"case.terminate"}
"""What may end a life wherever it stands: taken as often as others it would end most of them."""


@cache
def _chairs(by: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in CHAIRS_AND_SYSTEM if actor(one).roles & set(by))


def _named(process: ProcessView, action: str) -> str:
    return action if process.kind == "clue" else f"{process.kind}.{action}"


@dataclass
class Wanderer:
    """A walk through an office; `done` counts what was carried out, `refused` what was not."""

    office: Office
    dice: random.Random
    now: datetime = datetime(2026, 5, 11, 8, 0, tzinfo=CHINA)
    clues: list[int] = field(default_factory=list)
    circulars: list[int] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    taken: dict[int, set[str]] = field(default_factory=dict)
    ended: set[int] = field(default_factory=set)
    known: dict[int, Situation] = field(default_factory=dict)
    first_ambition: int = 0
    meant: dict[int, Ambition] = field(default_factory=dict)

    def found(self, clue: int, ambition: Ambition, last: str) -> None:
        """A clue that the walk finds half way: `last` of what is wanted for it was done."""
        self.clues.append(clue)
        self.meant[clue] = ambition
        done = ambition.actions.index(last) + 1
        self.taken[clue] = set(ambition.actions[:done])

    def next_attempt(self) -> Attempt:
        """What somebody tries next: something new, something fitting, or something wild."""
        self.now += timedelta(hours=self.dice.choices((1, 3, 26, 24 * 9), (12, 4, 3, 1))[0])
        if self.dice.random() < WITHOUT_A_CLUE:
            return self._about_circulars()
        alive = [clue for clue in self.clues[-AT_WORK:] if clue not in self.ended]
        if len(alive) < 3 or self.dice.random() < 0.01:
            form = self._form("clue", "register", None) | self._party()
            return Attempt("desk", Command("register", form=form))
        some = self.dice.sample(alive, 2) + self.dice.sample(self.clues, 1)
        situations = [self._situation(clue) for clue in dict.fromkeys(some)]
        fitting = [(one, *what) for one in situations for what in self._fitting(one)]
        if not fitting or self.dice.random() < 0.15:
            return self._wild(situations[0])
        wanted = self._wanted(fitting) if self.dice.random() < 0.8 else None
        situation, process, action, chair = wanted or self._rarest(fitting)
        seen = self._seen_by(situation, process, chair)
        plain = wanted is not None and self.dice.random() < 0.7
        form = (
            self._plain(process.kind, action, seen)
            if plain
            else self._form(process.kind, action, seen)
        )
        form |= USUALLY.get(_named(process, action), {})
        form |= self._ambition(situation).forms.get(_named(process, action), {})
        return Attempt(chair, self._command(situation, process, action, form))

    def _party(self) -> Form:
        """Most clues have a party of their own: what is open against one holds up his others."""
        if self.dice.random() < 0.2:
            return {}
        return {"subject_name": f"示例市第{len(self.clues) + 1}食品店", "subject_code": ""}

    def _about_circulars(self) -> Attempt:
        """What somebody tries with a circular: another one, or something fitting."""
        if len(self.circulars) < 2 or self.dice.random() < 0.15:
            form = self._form("circular", "draft", None)
            return Attempt("handler", Command("draft", "circular", form=form))
        situation = self._undertaken(self.dice.choice(self.circulars[-AT_WORK:]))
        fitting = [(situation, *what) for what in self._fitting(situation)]
        if not fitting:
            form = self._form("circular", "revise", None)
            about = self.dice.choice(self.circulars)
            return Attempt("handler", Command("revise", "circular", about, form=form))
        _, process, action, chair = self._rarest(fitting)
        form = self._form(process.kind, action, self._seen_by(situation, process, chair))
        return Attempt(chair, self._command(situation, process, action, form))

    def _ambition(self, situation: Situation) -> Ambition:
        if situation.subject.id in self.meant:
            return self.meant[situation.subject.id]
        place = self.first_ambition + self.clues.index(situation.subject.id)
        return AMBITIONS[place % len(AMBITIONS)]

    def _wanted(self, fitting: list[Fitting]) -> Fitting | None:
        """The next thing that somebody wants for the sake of where a clue should go."""
        for one in fitting:
            situation, process, action, _ = one
            taken = self.taken.get(situation.subject.id, set())
            ahead = [a for a in self._ambition(situation).actions if a not in taken]
            if _named(process, action) in ahead[:2]:
                return one
        return None

    def _rarest(self, fitting: list[Fitting]) -> Fitting:
        names = sorted({_named(process, action) for _, process, action, _ in fitting})
        name = self.dice.choices(names, [self._rarity(name) for name in names])[0]
        return self.dice.choice([one for one in fitting if _named(one[1], one[2]) == name])

    def _rarity(self, name: str) -> float:
        """What was seldom tried is tried sooner, what ends things later: short walks get far."""
        kind, _, action = name.rpartition(".")
        kind = kind or "clue"
        lifecycle = self.office.rules.lifecycles[kind]
        to = lifecycle.states.get(lifecycle.actions[action].to)
        ends = kind in {"clue", "supervision"} and to is not None and to.ended
        patience = 8 if ends or name in CUTS_SHORT else 1
        return 1 / patience / (1 + self.done[name] + self.refused[name]) ** 3

    def take(self, attempt: Attempt) -> Outcome | None:
        """The attempt made; None where it was refused."""
        command = attempt.command
        name = (
            command.action if command.process == "clue" else f"{command.process}.{command.action}"
        )
        try:
            outcome = perform(self.office, attempt.command, actor(attempt.chair), self.now)
        except Refused as refusal:
            assert refusal.reasons
            assert all(reason.text and reason.article for reason in refusal.reasons)
            self.refused[name] += 1
            if command.clue is not None and self.dice.random() < 0.5:
                self.taken.setdefault(command.clue, set()).add(name)
            return None
        self.done[name] += 1
        self.known.pop(outcome.clue_id, None)
        self.taken.setdefault(outcome.clue_id, set()).add(name)
        if command.process == "clue":
            over = self.office.rules.lifecycles["clue"].states[outcome.state].ended
            (self.ended.add if over else self.ended.discard)(outcome.clue_id)
        if attempt.command.clue is None:
            begun = self.circulars if command.process == "circular" else self.clues
            begun.append(outcome.clue_id)
        return outcome

    # --- choosing --------------------------------------------------------------------------------

    def _situation(self, clue: int) -> Situation:
        """A clue as it stood after the last step on it: read again only when it was changed."""
        if clue not in self.known:
            self.known[clue] = self._read(clue)
        return replace(self.known[clue], now=self.now)

    def _read(self, clue: int) -> Situation:
        with reading(self.office.engine) as session:
            row = session.exec(select(Clue).where(col(Clue.id) == clue)).one()
            return load_situation(session, self.office, row, actor("system"), self.now)

    def _undertaken(self, circular: int) -> Situation:
        with reading(self.office.engine) as session:
            row = session.exec(select(Undertaking).where(col(Undertaking.id) == circular)).one()
            return load_situation(session, self.office, row, actor("system"), self.now)

    def _seen_by(self, situation: Situation, process: ProcessView, chair: str) -> Situation:
        return Situation(
            **{**situation.__dict__, "process": process, "actor": actor(chair), "form": {}}
        )

    def _fitting(self, situation: Situation) -> list[tuple[ProcessView, str, str]]:
        """Everything that somebody may do now, the form aside."""
        rules = self.office.rules
        found: list[tuple[ProcessView, str, str]] = []
        fresh = [
            ProcessView(kind=kind, id=0, state="none", department=situation.process.department)
            for kind in BESIDE
            if situation.clue is not None
        ]
        for process in (*situation.processes, *fresh):
            # One view for each chair, however many actions it is asked about.
            seen = cache(partial(self._seen_by, situation, process))
            for action, transition in rules.lifecycles[process.kind].actions.items():
                if process.state not in transition.from_ or (process.kind, action) == FIRST:
                    continue
                able = (
                    chair
                    for chair in self._in_some_order(transition)
                    if self._stands_open(seen(chair), action)
                )
                found += [(process, action, chair) for chair in islice(able, 1)]
        return found

    def _in_some_order(self, transition: Transition) -> list[str]:
        """The chairs that an action asks for, shuffled."""
        chairs = [*_chairs(tuple(transition.by))]
        self.dice.shuffle(chairs)
        return chairs

    def _stands_open(self, seen: Situation, action: str) -> bool:
        """Whether the actor may take the action; who sits elsewhere is passed over at once."""
        rules = self.office.rules
        transition = rules.lifecycles[seen.process.kind].actions[action]
        own_desk = not objections(seen, transition, rules.roles, caused=False)
        return own_desk and not standing(seen, action, rules)

    def _wild(self, situation: Situation) -> Attempt:
        process = self.dice.choice(situation.processes)
        actions = [*self.office.rules.lifecycles[process.kind].actions]
        action = self.dice.choice([one for one in actions if (process.kind, one) != FIRST])
        form = self._form(process.kind, action, None)
        if self.dice.random() < 0.5 and form:
            form[self.dice.choice([*form, "无此栏"])] = self.dice.choice(RUBBISH)
        chair = self.dice.choice(CHAIRS_AND_SYSTEM)
        return Attempt(chair, self._command(situation, process, action, form))

    def _command(
        self, situation: Situation, process: ProcessView, action: str, form: Form
    ) -> Command:
        root = situation.undertaking or situation.subject
        beside = process.id if process.kind not in {"clue", "circular"} else None
        return Command(action, process.kind, root.id, beside or None, form=form)

    # --- filling in ------------------------------------------------------------------------------

    def _form(self, process: str, action: str, situation: Situation | None) -> Form:
        """The usual form, with other choices, departments and people now and then."""
        form = filled(process, action, self.now)
        fields = self.office.rules.lifecycles[process].actions[action].form
        for name, one in fields.items():
            if name in form and self.dice.random() < 0.65:
                continue
            value = self._value(name, one, situation)
            if value is not None:
                form[name] = value
        if situation is not None:
            form |= own_values(fields, situation, self.dice)
        return form

    def _plain(self, process: str, action: str, situation: Situation) -> Form:
        """The usual form as it is: who wants to get on fills in nothing that contradicts it."""
        fields = self.office.rules.lifecycles[process].actions[action].form
        return filled(process, action, self.now) | own_values(fields, situation, self.dice)

    def _value(self, name: str, one: FormField, situation: Situation | None) -> object:
        """Another value for a field, or None to leave it as it is."""
        by_name: Mapping[str, object] = {
            "lead": self.dice.choice(LEADS),
            "to_department": self.dice.choice(LEADS),
            "offences": [self.dice.choice(OFFENCES)],
            "cooperating": self.dice.sample(PARTNERS, self.dice.randint(0, 2)),
            "master": str(self.dice.choice(self.clues or [1])),
            "quantities": {"sales_amount": self.dice.choice(("800", "86000"))},
            **dict.fromkeys(REASONS, "情况已核实，另附说明"),
        }
        return self.dice.choice([*one.options]) if one.options else by_name.get(name)
