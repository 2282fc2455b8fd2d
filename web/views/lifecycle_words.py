"""The actions of a lifecycle in words: who, from where to where, on what condition, with what."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.guards.words import CONDITIONS, GUARDS
from domain.limits.organ_limits import REGIONAL
from domain.lookup.limit_book import VERBS
from domain.rulebook.rulebook import CitedArticle, Rulebook
from domain.shapes.lifecycles import Lifecycle, Transition
from domain.situation.access import relation
from domain.situation.situation import CONSEQUENCE


@dataclass(frozen=True)
class ClockTouched:
    """What an action does to a limit: `rule` empty for one that a region sets."""

    verb: str
    label: str
    rule: str
    when: str = ""


@dataclass(frozen=True)
class ActionLine:
    """One action as the table of a lifecycle tells it."""

    name: str
    label: str
    origins: str
    target: str
    chairs: str
    places: str
    conditions: tuple[tuple[str, CitedArticle | None], ...]
    clocks: tuple[ClockTouched, ...]
    papers: tuple[str, ...]
    basis: tuple[CitedArticle, ...]
    note: str


def action_lines(rules: Rulebook, lifecycle: Lifecycle) -> list[ActionLine]:
    """Every action of a lifecycle, in its order."""
    return [_line(rules, lifecycle, name, one) for name, one in lifecycle.actions.items()]


def _line(rules: Rulebook, lifecycle: Lifecycle, name: str, one: Transition) -> ActionLine:
    def label(state: str) -> str:
        return lifecycle.states[state].label if state in lifecycle.states else "（新建）"

    caused = CONSEQUENCE in one.by
    chairs = [rules.roles[role].label for role in one.by if role in rules.roles]
    places = dict.fromkeys(relation.promise(place) for place in one.at)
    return ActionLine(
        name=name,
        label=one.label,
        origins="、".join(label(state) for state in one.from_),
        target="状态不变" if one.to == "same" else label(one.to),
        chairs="由其他操作带出" if caused else "、".join(chairs),
        places="" if caused else "、".join(places),
        conditions=tuple(_conditions(rules, one)),
        clocks=tuple(_clocks(rules, one)),
        papers=tuple(_papers(rules, one)),
        basis=tuple(rules.citations[key] for key in one.basis),
        note=one.note,
    )


def _conditions(rules: Rulebook, one: Transition) -> Iterator[tuple[str, CitedArticle | None]]:
    for requirement in (*one.requires, *one.form_requires):
        basis = rules.citations[requirement.basis] if requirement.basis else None
        yield GUARDS[requirement.guard], basis


def _clocks(rules: Rulebook, one: Transition) -> Iterator[ClockTouched]:
    for start in one.opens:
        when = CONDITIONS[start.when] if start.when else ""
        yield _touched(rules, "opens", start.clock, when)
    touched = {
        "stops": one.stops,
        "pauses": tuple(pause.clock for pause in one.pauses),
        "resumes": one.resumes,
        "extends": one.extends,
    }
    for verb, clocks in touched.items():
        for clock in clocks:
            yield _touched(rules, verb, clock)


def _touched(rules: Rulebook, verb: str, clock: str, when: str = "") -> ClockTouched:
    if clock in REGIONAL:
        return ClockTouched(VERBS[verb], REGIONAL[clock], "", when)
    return ClockTouched(VERBS[verb], rules.deadlines[clock].label, clock, when)


def _papers(rules: Rulebook, one: Transition) -> Iterator[str]:
    for issue in one.issues:
        when = f"（{CONDITIONS[issue.when]}）" if issue.when else ""
        yield f"《{rules.documents[issue.document].title}》{when}"
