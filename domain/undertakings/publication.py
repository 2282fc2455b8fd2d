"""Guards and conditions of publications: what is written, who agreed, and when it may appear."""

from collections.abc import Mapping

from domain.guards.registry import condition, guard, selection
from domain.publications.row_words import NEEDED
from domain.shapes.publications import PublicationKind
from domain.situation.jurisdiction import COORDINATORS
from domain.situation.situation import Law, ProcessView, Situation

BODIES = {"items": "事项", "plan": "计划", "borders": "衔接事项", "content": "正文"}
OF_MEMOS = "borders"
AGREEING = ("agreed", "deemed")
FIRST, LAST = 2000, 2100
GOVERNMENT = "government"
ARBITERS = {"staffing": "机构编制部门", "justice": "司法行政部门", GOVERNMENT: "人民政府"}
"""The kinds of organs that settle what is disputed in a draft, in words."""


def kind_of(s: Situation) -> PublicationKind | None:
    """The kind of the publication at hand, by its form or its facts; None for an unknown one."""
    return s.law.publications.get(s.text("kind") or str(s.process.facts.get("kind") or ""))


@guard
def body_fits_the_kind(s: Situation) -> str | None:
    """The part of the form that this kind is made of is filled in, and no other."""
    kind = kind_of(s)
    if kind is None:
        return None
    own = {kind.body, *kind.beside}
    other = [name for key, name in BODIES.items() if key not in own and s.form.get(key)]
    if not s.form.get(kind.body):
        return f"{kind.label}请填写「{BODIES[kind.body]}」"
    return f"{kind.label}不填写「{'、'.join(other)}」" if other else None


@guard
def rows_are_complete(s: Situation) -> str | None:
    """Every row says what it has to; a basis names its article, not only the law."""
    found: list[str] = []
    for body in (one for one in NEEDED if one != OF_MEMOS):
        found += _blank(s, body)
        for number, row in enumerate(_rows(s.form.get(body)), start=1):
            basis = row.get("设定依据") or ""
            if basis and not ("第" in basis and "条" in basis):
                found.append(f"{BODIES[body]}第{number}行的设定依据没有写明第几条")
    return "；".join(found) or None


@guard
def borders_are_complete(s: Situation) -> str | None:
    """Every row of a memo says where the border lies, who answers, how they co-operate."""
    return "；".join(_blank(s, OF_MEMOS)) or None


def _blank(s: Situation, body: str) -> list[str]:
    """What is missing in the rows of a body."""
    rows = enumerate(_rows(s.form.get(body)), start=1)
    blank = {number: [one for one in NEEDED[body] if not row.get(one)] for number, row in rows}
    return [
        f"{BODIES[body]}第{number}行没有填写{'、'.join(names)}"
        for number, names in blank.items()
        if names
    ]


@guard
def year_is_told(s: Situation) -> str | None:
    """A yearly plan says for which year."""
    kind, year = kind_of(s), s.form.get("year")
    if kind is None or not kind.annual:
        return None
    told = isinstance(year, int) and FIRST <= year <= LAST
    return None if told else f"{kind.label}请写明年度，如 2026"


@guard
def partners_are_others(s: Situation) -> str | None:
    """Nobody asks himself for his opinion."""
    own = s.actor.department in s.names("co_departments")
    return "配合部门不能是本部门" if own else None


@guard
def partners_are_named(s: Situation) -> str | None:
    """There is somebody to ask."""
    named = s.process.facts.get("co_departments")
    return None if named else "没有写明配合部门；不涉及其他部门的，请办理「不涉及其他部门」"


@guard
def no_partners_are_named(s: Situation) -> str | None:
    """Where others co-operate, they are asked."""
    named = s.process.facts.get("co_departments")
    return "写明了配合部门，应当先征求其意见" if named else None


def arbiters_of(law: Law, department: str, question: str) -> set[str]:
    """Who may settle a department's question: of its area, of the kind it is for, not closed."""
    area, kind = law.departments[department].area, COORDINATORS.get(question, GOVERNMENT)
    return {
        key
        for key, one in law.departments.items()
        if (one.area, one.kind) == (area, kind) and not one.closed
    }


@guard
def arbiter_fits_the_question(s: Situation) -> str | None:
    """编办 on duties, 司法行政 on enforcement, the government on the border of licensing."""
    fit = arbiters_of(s.law, s.process.department, s.text("question"))
    if s.names("arbiters") and set(s.names("arbiters")) <= fit:
        return None
    kind = ARBITERS[COORDINATORS.get(s.text("question"), GOVERNMENT)]
    if not fit:
        return f"这一争议由本级{kind}协调，本地区没有登记这一机关，请管理员在“管理·部门”登记"
    names = "、".join(s.law.departments[one].name for one in sorted(fit))
    return f"这一争议由{names}协调，请改选协调机关"


@guard
def a_ruling_was_made(s: Situation) -> str | None:
    """Only what an organ said of a dispute changes a text on which all others agreed."""
    ruled = any(one.state == "ruled" for one in s.of_kind("publication_ruling"))
    return None if ruled else "没有协调意见；需要修改的，由负责人退回修改后重新征求意见"


@guard
def opinion_is_overdue(s: Situation) -> str | None:
    """Silence counts once the days to answer are over."""
    clock = s.clock("publication_opinion")
    return "答复期限还没有届满" if clock and clock.breach_at >= s.now else None


@guard
def it_is_filed_where_it_must(s: Situation) -> str | None:
    """What has to be filed is filed before everybody reads it."""
    kind = kind_of(s)
    if kind is None or not kind.filed or s.process.state == "filed":
        return None
    return f"{kind.label}须先报备案，备案以后再公布"


@guard
def it_is_for_everybody(s: Situation) -> str | None:
    """What only those asked may read is circulated among them and not published."""
    kind = kind_of(s)
    if kind is None or kind.public:
        return None
    return f"{kind.label}不向社会公布，请办理「印发」"


@guard
def it_is_for_those_asked(s: Situation) -> str | None:
    """What everybody may read is published."""
    kind = kind_of(s)
    if kind is None or not kind.public:
        return None
    return f"{kind.label}向社会公布，请办理「公布」"


def _rows(value: object) -> list[Mapping[str, str]]:
    return list(value) if isinstance(value, list | tuple) else []


def _body(s: Situation) -> str:
    kind = kind_of(s)
    return kind.body if kind else ""


@condition
def has_items(s: Situation) -> bool:
    """It is a list of matters."""
    return _body(s) == "items"


@condition
def has_a_plan(s: Situation) -> bool:
    """It is a plan of inspections."""
    return _body(s) == "plan"


@condition
def has_a_text(s: Situation) -> bool:
    """It is a text, or rows that are printed as one."""
    return _body(s) in ("content", OF_MEMOS)


def _planned_by(s: Situation, clock: str) -> bool:
    return "plan_due" in s.process.facts and s.region.plan_clock == clock


@condition
def plan_made_by_end_of_march(s: Situation) -> bool:
    """A yearly plan that is to be made by the end of March."""
    return _planned_by(s, "plan_sd4")


@condition
def plan_published_by_end_of_april(s: Situation) -> bool:
    """A yearly plan that is to be filed and published by the end of April."""
    return _planned_by(s, "plan_wh11")


@condition
def plan_entered_by_20_march(s: Situation) -> bool:
    """A yearly plan that is to be made and entered by 20 March."""
    return _planned_by(s, "plan_wn7")


def _latest(s: Situation) -> list[ProcessView]:
    """The newest opinion of every other department: one of an earlier round counts no more."""
    own = s.process.department
    newest = {one.department: one for one in s.of_kind("publication_opinion")}
    return [one for key, one in newest.items() if key != own and one.state != "called_off"]


def _is_last(s: Situation) -> bool:
    return all(one.state != "asked" for one in _latest(s))


@condition
def last_opinion_and_all_agree(s: Situation) -> bool:
    """With the opinion at hand, which agrees, all have answered and nobody objects."""
    return _is_last(s) and all(one.state in AGREEING for one in _latest(s))


@condition
def last_opinion_and_some_object(s: Situation) -> bool:
    """With the opinion at hand all have answered, and it or another one objects."""
    objects = "reason" in s.form or any(one.state == "objected" for one in _latest(s))
    return _is_last(s) and objects


@selection
def open_opinions(s: Situation) -> tuple[int, ...]:
    """The departments that were asked for an opinion and have not answered."""
    return tuple(one.id for one in s.open_of_kind("publication_opinion"))
