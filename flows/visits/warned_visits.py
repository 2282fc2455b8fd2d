"""What a risk warning leads to: an inspection or the draft of a special plan, in its transaction.

Both are proposed only: the head approves the inspection, the plan is agreed, approved and published
like any other.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from domain.situation.situation import Actor
from domain.tables.roster import Subject
from domain.tables.undertaking import Undertaking
from flows.door.steps import Command, Outcome, perform_in
from flows.people.actors import system_actor
from flows.publications import publishing
from flows.site.office import Office
from flows.visits import visiting

KIND = "risk_warning"
VISIT: Mapping[str, str] = {
    "visit_object": "object",
    "visit_matters": "matters",
    "visit_officers": "officers",
    "visit_departments": "departments",
    "visit_reason": "why_on_site",
}
"""What the step says of the inspection, by the names of the other's form."""
PLAN: Mapping[str, str] = {
    "plan_title": "title",
    "plan_rows": "plan",
    "plan_departments": "co_departments",
}


def act_in(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Outcome:
    """`perform_in`, and the inspection or plan that the step of a warning begins."""
    done = perform_in(session, office, command, actor, now)
    if (command.process, command.action) == (KIND, "to_visit"):
        _begin(session, office, (done, _visit(session, done), "visit"), actor, now)
    if (command.process, command.action) == (KIND, "to_special"):
        _begin(session, office, (done, _plan(session, done), publishing.KIND), actor, now)
    return done


def _visit(session: Session, done: Outcome) -> Command:
    row, form = _handed(session, done, "to_visit", VISIT)
    mine = (col(Subject.key) == str(form["object"]).strip(), col(Subject.area) == row.area)
    name = session.exec(select(Subject.name).where(*mine)).first() or form["object"]
    form |= {"title": f"{name}检查（{row.no}）", "kind": "single", "way": "on_site"}
    form |= {"ground": f"风险预警{row.no}：{row.title}"}
    return Command("propose", "visit", form=form)


def _plan(session: Session, done: Outcome) -> Command:
    _, form = _handed(session, done, "to_special", PLAN)
    return Command("draft", publishing.KIND, form={**form, "kind": "special_plan"})


def _handed(
    session: Session, done: Outcome, action: str, names: Mapping[str, str]
) -> tuple[Undertaking, dict[str, object]]:
    row = session.get_one(Undertaking, done.clue_id)
    said = row.facts["forms"][action]
    return row, {to: said[name] for name, to in names.items() if said.get(name)}


def _begin(
    session: Session,
    office: Office,
    what: tuple[Outcome, Command, str],
    actor: Actor,
    now: datetime,
) -> None:
    done, command, kind = what
    act = visiting.act_in if kind == "visit" else publishing.act_in
    made = act(session, office, command, actor, now)
    begun = session.get_one(Undertaking, made.clue_id)
    begun.parent_id = done.clue_id
    session.add(begun)
    session.flush()
    order = Command("record_led_to", KIND, done.clue_id, form={"led_to_no": begun.no})
    holder = session.get_one(Undertaking, done.clue_id).department_id
    perform_in(session, office, order, system_actor(holder), now)
