"""What happens to an inspection: proposed, approved, announced, entered, found, passed on."""

from datetime import datetime

from domain.effects.change import Change, effect, facts_recorded, moment
from domain.situation.situation import CHINA, Situation


@effect
def lies_with_its_lead(s: Situation) -> Change:
    """A drawn inspection lies with the department that the program acts for."""
    return Change(department=s.actor.department)


CAP = ("cap", "cap_published", "cap_scope", "cap_so_far")
MAY_BE_GONE = ("subject_address", "subject_phone", "open_elsewhere", *CAP)
ROWS_MAY_BE_GONE = ("team", "earlier", "fresh_results")


@effect
def view_recorded(s: Situation) -> Change:
    """What was looked up as it is now: what is no more does not stay on record from before."""
    rows = {name: s.form.get(name) or [] for name in ROWS_MAY_BE_GONE}
    return facts_recorded(**{name: s.form.get(name) for name in MAY_BE_GONE}, **rows)


@effect
def visit_approved(s: Situation) -> Change:
    """When and by whom it was approved; one beyond the cap is worth the supervisor's notice."""
    reason = s.text("over_cap_reason")
    own = {"noteworthy": f"超过频次上限或者重复检查：{reason}"} if reason else {}
    return facts_recorded(approved_at=moment(s), approved_by=s.actor.name, **own)


@effect
def visit_recognised(s: Situation) -> Change:
    """The result that stands for the visit, copied with its source and day, and who used it."""
    rows = s.process.facts.get("fresh_results")
    named = s.text("from_visit")
    found = [dict(one) for one in rows if one["编号"] == named] if isinstance(rows, list) else []
    told = {"recognised_results": found, "recognised_at": moment(s)}
    return facts_recorded(**told, recognised_by=s.actor.name)


@effect
def visit_denied(s: Situation) -> Change:
    """An urgent inspection that was not approved afterwards is worth the supervisor's notice."""
    return facts_recorded(noteworthy=f"紧急检查未获补办批准：{s.text('reason')}")


@effect
def visit_noticed(s: Situation) -> Change:
    """When the notice was made."""
    return facts_recorded(visit_noticed_at=moment(s))


@effect
def visit_begun(s: Situation) -> Change:
    """When it was begun, or broken off, without a door."""
    return facts_recorded(visit_moved_at=moment(s))


@effect
def objection_raised(s: Situation) -> Change:
    """Which officer is objected to, until the head decides."""
    return facts_recorded(objected_certificate=s.text("certificate"))


@effect
def objection_decided(s: Situation) -> Change:
    """Nothing is left to decide."""
    return facts_recorded(objected_certificate="")


@effect
def officer_changed(s: Situation) -> Change:
    """Whose place is taken; the team is worked out in the same transaction."""
    pending = s.process.facts.get("objected_certificate")
    left = "" if pending == s.text("certificate") else pending or ""
    return facts_recorded(objected_certificate=left)


@effect
def visit_entered(s: Situation) -> Change:
    """Whether it was entered on the day; later than the site's days is the supervisor's notice."""
    day = datetime.fromisoformat(s.text("entered_at")).astimezone(CHINA).date()
    days, longest = (s.today - day).days, s.law.inspection.back_entry_days
    late = longest is not None and days > longest
    own = {"noteworthy": f"检查后{days}天补录，超过本单位规定的{longest}天"} if late else {}
    return facts_recorded(back_entered=days > 0, entry_recorded_at=moment(s), **own)


# --- findings and corrections ---------------------------------------------------------------------


@effect
def result_awaited(s: Situation) -> Change:
    """The lead's own finding."""
    return Change(department=s.actor.department, counterpart=s.actor.department)


@effect
def result_awaited_of_item(s: Situation) -> Change:
    """The finding of a department that takes part; the lead is on its other side."""
    return Change(department=str(s.item), counterpart=s.actor.department)


@effect
def result_entered(s: Situation) -> Change:
    """When the result was entered, and by whom."""
    return facts_recorded(entered_at=moment(s), entered_by=s.actor.name)


@effect
def result_passed_on(s: Situation) -> Change:
    """The problem was handed in as a clue."""
    return facts_recorded(passed_on=moment(s))


@effect
def held_by_actor(s: Situation) -> Change:
    """A correction lies with the department that ordered it."""
    return Change(department=s.actor.department, facts={"ordered_at": moment(s)})


# --- a verification that goes on the spot ---------------------------------------------------------


@effect
def site_visit_recorded(s: Situation) -> Change:
    """The verification waits for one inspection more."""
    waiting = _numbers(s.process.facts.get("site_visits_open"))
    return facts_recorded(site_visits_open=[*waiting, s.text("site_visit")])


@effect
def site_result_recorded(s: Situation) -> Change:
    """It waits for one less."""
    waiting = _numbers(s.process.facts.get("site_visits_open"))
    return facts_recorded(site_visits_open=[one for one in waiting if one != s.text("site_visit")])


def _numbers(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
