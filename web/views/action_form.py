"""The form of an action as a person has it before him, and what stands beside its fields."""

from dataclasses import dataclass, replace

from sqlmodel import col, select

from domain.crime.recorded_facts import CONDUCT, OTHER_CONDUCT
from domain.lifecycle.asked_fields import fields_not_asked
from domain.lifecycle.plan import Reason
from domain.lifecycle.visibility import ClueSight
from domain.limits.limit import day_of
from domain.penalties.case_review import ANSWERS, VERDICTS
from domain.shapes.lifecycles import Lifecycle, Transition
from domain.situation.acting_for import acts_for
from domain.situation.discretion import DEGREE
from domain.situation.situation import CONSEQUENCE, ProcessView, Situation
from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from flows.door.crime_preview import Asked, is_screened, questions_asked
from flows.door.locked_dossier import Root
from flows.door.page_paths import form_path, path_of
from flows.door.steps import Command
from flows.lists.discretion_view import (
    DegreeLine,
    LikeCase,
    degree_lines,
    like_cases,
    sets_a_fine,
)
from flows.lists.event_lines import EventLine, history_of
from flows.lists.form_words import values_in_words
from flows.lists.screened_cases import none_said_of
from flows.people.visible_clues import visible
from flows.workbench.basis_view import bases_of, basis_beside
from flows.workbench.step_context import StepContext, step_context
from web.forms.basis_links import basis_links
from web.forms.choices import Choice, Choices, by_group, choices_for
from web.forms.draw_choices import draw_choices
from web.forms.evidence_choices import evidence_choices
from web.forms.inspection_choices import Sent, inspection_choices
from web.forms.roster_search import SUBJECT_FIELDS, Search, search_beside
from web.request.desk import Desk

BEGINNINGS = {
    "/clues/new": ("clue", "register"),
    "/circulars/new": ("circular", "draft"),
    "/draws/new": ("draw", "prepare"),
    "/publications/new": ("publication", "draft"),
    "/visits/new": ("visit", "propose"),
    "/breach_records/new": ("breach_record", "record"),
    "/joint_proceedings/new": ("joint_proceeding", "propose"),
    "/assessments/new": ("assessment", "draw_up"),
    "/visits/urgent": ("visit", "enter_urgent"),
}
"""Where the form is that begins a clue or an undertaking, and by which action."""
NEW_PATHS = {action: path for path, action in BEGINNINGS.items()}


@dataclass(frozen=True)
class Form:
    """An action of a process of a clue or undertaking, as one person finds it.

    `root`: None where the action begins one. `standing`: why it may not be taken now. `seen`: how
    much of a clue is shown to the person.
    """

    desk: Desk
    root: Root | None
    situation: Situation
    action: str
    standing: tuple[Reason, ...]
    seen: ClueSight | None = None

    @property
    def process(self) -> ProcessView:
        """The process that the action is taken on."""
        return self.situation.process

    @property
    def transition(self) -> Transition:
        """The action as the lifecycle table has it."""
        return self._lifecycle.actions[self.action]

    @property
    def heading(self) -> str:
        """What the form does, and with what where it is not the main line."""
        lifecycle = self._lifecycle
        return self.transition.label + ("" if lifecycle.is_root else f"（{lifecycle.label}）")

    @property
    def named(self) -> str:
        """What the form does, and to which clue or undertaking."""
        return self.heading + (f" {self.root.no} {self.root.title}" if self.root else "")

    @property
    def acts_for(self) -> str:
        """The name of the absent colleague for whom the step would be taken; empty for none."""
        absent = acts_for(self.situation, self.transition.by)
        return absent.name if absent else ""

    @property
    def url(self) -> str:
        """Where the form goes to."""
        if self.root is None:
            return NEW_PATHS[self.process.kind, self.action]
        return form_path(self.root, self._lifecycle, self.action, self.process.id)

    @property
    def back(self) -> str:
        """Where one comes from."""
        return path_of(self.root) if self.root else "/"

    @property
    def _lifecycle(self) -> Lifecycle:
        return self.desk.office.rules.lifecycles[self.process.kind]

    @property
    def version(self) -> int:
        """The version that the person sees: the process's, or the clue's for what is new."""
        is_new = self.root is not None and not self.process.id
        return self.root.version if self.root and is_new else self.process.version

    def command(self, form: dict[str, object], version: str = "", nonce: str = "") -> Command:
        """The order that the form stands for."""
        return Command(
            action=self.action,
            process=self.process.kind,
            clue=self.root.id if self.root else None,
            process_id=None if self._lifecycle.is_root else self.process.id or None,
            form=form,
            version=int(version) if version.isdecimal() and self.root else None,
            nonce=nonce,
        )


def unasked(form: Form, values: dict[str, object]) -> frozenset[str]:
    """The blank fields that nobody asks for while the form stands as it does."""
    if form.standing:
        return frozenset()
    situation = replace(form.situation, form=values)
    return fields_not_asked(situation, form.transition, form.desk.office.rules)


def written(form: Form, values: dict[str, object]) -> tuple[tuple[str, str], ...]:
    """What a person had typed into a form that is no longer to be sent, to take along."""
    return values_in_words(form.transition.form, values, form.desk.office.rules, {})


def context_of(form: Form) -> StepContext | None:
    """What stands above the form of a step on a clue."""
    if form.seen is None or not isinstance(form.root, Clue):
        return None
    desk = form.desk
    return step_context(desk.session, desk.viewer, form.root, form.situation, form.seen)


def last_act(form: Form) -> str:
    """Who acted last, so that a colleague and one's own second window are told apart."""
    if form.root is None:
        return ""
    desk = form.desk
    lines = history_of(desk.session, desk.office, form.root.id or 0)
    told = [one for one in lines if not _is_consequence(desk, one)] or lines
    if not told:
        return ""
    last, own = told[-1], desk.office.rules.departments[desk.actor.department].name
    is_own = (last.who, last.organ) == (desk.actor.name, own)
    return f"{'您本人' if is_own else last.organ + last.who}已办理「{last.action}」"


def _is_consequence(desk: Desk, line: EventLine) -> bool:
    lifecycle = desk.office.rules.lifecycles.get(line.kind)
    action = lifecycle.actions.get(line.action_id) if lifecycle else None
    return action is not None and CONSEQUENCE in action.by


def choices_of(form: Form, degrees: tuple[DegreeLine, ...]) -> Choices:
    """What may be chosen in each field, with the degrees of a standard where one is set."""
    desk = form.desk
    fields = form.transition.form
    found = dict(choices_for(desk.session, desk.office.rules, fields, form.process.department))
    alike = _alike(form)
    found |= {name: (("", alike),) for name, one in fields.items() if one.type == "clue"}
    drawn = draw_choices(desk.office, fields, form.process)
    given = evidence_choices(desk.session, desk.office, desk.actor, fields, form.process)
    own = {**_of_inspections(form), **drawn, **given, **_conducts(form), **_conclusions(form)}
    return {**found, **own, **_degrees(form, degrees)}


def _of_inspections(form: Form) -> Choices:
    """Officers of the roster, and what an item of an inspection comes to."""
    desk, fields = form.desk, form.transition.form
    sent = Sent(desk.actor.department, form.process, day_of(desk.now))
    return inspection_choices(desk.session, desk.office.rules, fields, sent)


def searches_of(form: Form) -> dict[str, Search]:
    """The fields whose suggestions come from a long register, and how it is looked up."""
    desk, kind = form.desk, form.process.kind
    area = desk.office.rules.departments[desk.actor.department].area
    return {
        name: search_beside(desk.session, area, day_of(desk.now))
        for name in form.transition.form
        if (kind, name) in SUBJECT_FIELDS
    }


def _degrees(form: Form, degrees: tuple[DegreeLine, ...]) -> Choices:
    """The degrees of the discretion standards for the case's matter, by the conduct they are of."""
    if DEGREE not in form.transition.form:
        return {}
    return {DEGREE: by_group(Choice(one.name, one.label, one.conduct) for one in degrees)}


def discretion(form: Form, values: dict[str, object]) -> tuple[DegreeLine, ...] | None:
    """What the discretion standards say beside the form of a penalty; None beside another."""
    desk = form.desk
    if form.standing or not sets_a_fine(desk.office, form.process.kind, form.action):
        return None
    who = (desk.actor, desk.now)
    return degree_lines(desk.session, desk.office, form.command(values), who)


def legal_basis(form: Form, values: dict[str, object]) -> dict[str, object]:
    """The articles beside a form that states a legal basis; nothing beside another."""
    desk, labels = form.desk, bases_of(form.transition.form)
    if form.standing or not labels or not isinstance(form.root, Clue):
        return {"legal_basis": None}
    who = (desk.actor, desk.now)
    found = basis_beside(desk.session, desk.office, form.command(values), who)
    links = basis_links(form.url, values, (*found.offers, *found.sought))
    return {"legal_basis": found, "basis_labels": labels, "basis_links": links}


def cases_beside(form: Form) -> tuple[LikeCase, ...]:
    """The organ's own like cases: they do not change while one types."""
    desk = form.desk
    if form.standing or not sets_a_fine(desk.office, form.process.kind, form.action):
        return ()
    return like_cases(desk.session, desk.office, form.command({}), (desk.actor, desk.now))


def _conducts(form: Form) -> Choices:
    """The kinds of conduct for which earlier penalties count, offered in their column."""
    if "penalties" not in form.transition.form:
        return {}
    labels = [one.label for one in form.desk.office.rules.conducts.values()]
    offered = tuple(Choice(one, one) for one in (*labels, OTHER_CONDUCT))
    return {"penalties": ((CONDUCT, offered),)}


def _conclusions(form: Form) -> Choices:
    """What a review of a file may find of each of its questions."""
    if ANSWERS not in form.transition.form:
        return {}
    return {ANSWERS: (("结论", tuple(Choice(one, one) for one in VERDICTS)),)}


def asked(form: Form, values: dict[str, object]) -> tuple[tuple[str, tuple[Asked, ...]], ...]:
    """The questions of screening, where the form asks them."""
    desk, process = form.desk, form.process.kind
    if form.standing or not is_screened(desk.office, process, form.action):
        return ()
    who = (desk.actor, desk.now)
    return questions_asked(desk.session, desk.office, form.command(values), who)


def none_said(form: Form) -> tuple[str, ...]:
    """Who said that no offence belongs to the matter, where the form is held against offences."""
    if form.standing or not is_screened(form.desk.office, form.process.kind, form.action):
        return ()
    return tuple(none_said_of(form.situation))


def _alike(form: Form) -> tuple[Choice, ...]:
    """The clues that this one may be merged into: those it is suspected to repeat."""
    if not isinstance(form.root, Clue):
        return ()
    query = (
        select(Clue)
        .join(Suspicion, col(Suspicion.other_id) == col(Clue.id))
        .where(
            col(Suspicion.clue_id) == form.root.id,
            col(Suspicion.decision).is_(None),
            visible(form.desk.office, form.desk.actor),
        )
        .order_by(col(Suspicion.score).desc())
    )
    return tuple(Choice(one.no, one.title) for one in form.desk.session.exec(query))
