"""Makers of facts that only one kind of document needs, by kind; and what they are made from."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from documents.facts.paper import Issued, Paper
from documents.values.filters import cn_number
from domain.limits.organ_limits import is_unsure, limits_meant
from domain.rulebook import quotation as law
from domain.rulebook.quotation import grounds, limit_subject
from domain.shapes.deadlines import DeadlineValue
from domain.situation.organ import remedies_against
from domain.situation.situation import CHINA

Facts = dict[str, object]
Known = Mapping[str, object]
Maker = Callable[[Paper, Known], Facts]
specific: dict[str, Maker] = {}


UNITS = {"hours": "小时", "natural_days": "日", "working_days": "个工作日", "months": "个月"}
"""How a document says the unit of a limit."""


def made_for(*kinds: str) -> Callable[[Maker], Maker]:
    """Registers a maker for kinds of documents."""

    def register(maker: Maker) -> Maker:
        specific.update(dict.fromkeys(kinds, maker))
        return maker

    return register


def moment_of(value: object) -> datetime | None:
    """A recorded moment, in China."""
    return datetime.fromisoformat(value).astimezone(CHINA) if isinstance(value, str) else None


def day_of(value: object) -> date | None:
    """The day of a moment, in China."""
    moment = value if isinstance(value, datetime) else moment_of(value)
    return moment.astimezone(CHINA).date() if moment else None


def yuan(value: object) -> Decimal:
    """A recorded amount; nothing recorded is nought."""
    return Decimal(str(value or 0))


def last_issued(paper: Paper, *kinds: str) -> Issued | None:
    """The newest document of one of these kinds that came before this one."""
    return next((one for one in reversed(paper.issued) if one.kind in kinds), None)


def number_and_day(paper: Paper, kind: str) -> tuple[str | None, date | None]:
    """The number and the day of the newest document of a kind."""
    found = last_issued(paper, kind)
    return (found.number, day_of(found.issued_at)) if found else (None, None)


def due(paper: Paper, *rules: str | None) -> datetime | None:
    """When the first of these limits that runs is due, the step at hand included."""
    named = limits_meant(filter(None, rules), paper.rules.deadlines)
    found = [paper.clocks[rule] for rule in named if rule in paper.clocks]
    return found[0].astimezone(CHINA) if found else None


def due_before(paper: Paper, *rules: str | None) -> datetime | None:
    """When the first of these limits was due before the step at hand moved it."""
    named = limits_meant(filter(None, rules), paper.rules.deadlines)
    running = [rule for rule in named if rule in paper.clocks]
    clock = paper.situation.clock(running[0]) if running else None
    return clock.due_at.astimezone(CHINA) if clock else None


def department_name(paper: Paper, key: str | None) -> str | None:
    """The full name of a department."""
    found = paper.rules.departments.get(key or "")
    return found.name if found else None


def action_label(paper: Paper) -> str:
    """The action at hand as the table calls it."""
    kind = paper.situation.process.kind
    return paper.rules.lifecycles[kind].actions[paper.action].label


def cited(paper: Paper) -> str:
    """The articles the action rests on and that bind whom it concerns; nothing where none do."""
    transition = paper.rules.lifecycles[paper.situation.process.kind].actions[paper.action]
    return quoted(paper, *grounds(paper.situation, transition, paper.rules))


def quoted(paper: Paper, *citations: str) -> str:
    """Articles as a document may quote them."""
    return law.quote_articles(paper.rules, citations)


def grounds_here(paper: Paper, *citations: str) -> tuple[str, ...]:
    """Those of the articles that bind the organ that writes, where it writes."""
    own = (paper.situation.actor.department,)
    return law.binding(paper.rules, citations, own, paper.situation.region)


def area_name(paper: Paper) -> str:
    """The name of the city or county whose organ writes."""
    own = paper.rules.departments[paper.situation.actor.department]
    government = next(
        (
            one.name
            for one in paper.rules.departments.values()
            if (one.kind, one.area) == ("government", own.area)
        ),
        "",
    )
    return government.removesuffix("办公室").removesuffix("人民政府")


def remedies(paper: Paper, document: str = "") -> Facts:
    """Where and until when the party may have a decision reviewed; what is not known is absent.

    `document`: the kind of document that is turned against; the paper itself, unless named.
    """
    organ = paper.situation.actor.department
    against = remedies_against(paper.rules, organ, document or paper.kind, paper.situation.today)
    return {
        "复议机关": "或者".join(against.reviewers) or None,
        "复议期限": period(against.review_limit),
        "管辖法院": against.court or None,
        "起诉期限": period(against.suit_limit),
    }


def period(value: DeadlineValue | None) -> str | None:
    """A time limit as a document says it: 六十日、六个月、十五个工作日."""
    if value is None or value.amount is None:
        return None
    return f"{cn_number(value.amount)}{UNITS[value.unit]}"


def evidence(text: object) -> list[Facts]:
    """Evidence written line by line as rows: its name, and after a colon what it proves."""
    lines = (line.strip() for line in str(text or "").splitlines())
    return [_piece(line) for line in lines if line]


def _piece(line: str) -> Facts:
    name, _, proves = line.partition("：")
    proves = proves.strip().removeprefix("证明")
    return {"名称": name.strip(), "证明内容": proves} if proves else {"名称": line}


def overdue(paper: Paper) -> list[Facts]:
    """The limits of the clue that are past on the confirmed reading.

    An organ's own figure whose text nobody saw is held against nobody in a letter, nor is a step
    within the program that no instrument knows.
    """
    situation = paper.situation
    late = [
        {
            "事项": limit_subject(paper.rules.deadlines[clock.rule]),
            "应办结时间": clock.breach_at.astimezone(CHINA),
            "依据": quoted(paper, basis_of(paper, clock.rule)),
        }
        for clock in situation.clocks
        if clock.breach_at < situation.now
        and not clock.paused
        and not is_unsure(paper.rules.deadlines[clock.rule], paper.rules.evidence)
    ]
    return [row for row in late if row["依据"]]


def basis_of(paper: Paper, rule: str) -> str:
    """The article of a limit as in force."""
    value = paper.rules.deadlines[rule].in_force(paper.situation.today)
    return value.basis if value else next(iter(paper.rules.deadlines[rule].values.values())).basis
