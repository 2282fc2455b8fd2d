"""What an action changes besides its state: who holds the process, and the facts it leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import reduce

from domain.guards.payment import payment_clock, payment_day, surcharge_by
from domain.registry import Registry
from domain.screening import ScreeningFacts, screen
from domain.situation import CHINA, Situation


@dataclass(frozen=True)
class Change:
    """New holder or counterpart, facts to record, and columns of the clue to set."""

    department: str | None = None
    counterpart: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    clue: Mapping[str, object] = field(default_factory=dict)

    def and_(self, other: "Change") -> "Change":
        """Both changes; the later one wins where they touch the same thing."""
        return Change(
            other.department or self.department,
            other.counterpart or self.counterpart,
            {**self.facts, **other.facts},
            {**self.clue, **other.clue},
        )


Effect = Callable[[Situation], Change]
effect: Registry[Effect] = Registry()


def apply_effects(names: tuple[str, ...], situation: Situation) -> Change:
    """The change that all named effects make together."""
    return reduce(Change.and_, (effect[name](situation) for name in names), Change())


def _facts(**facts: object) -> Change:
    return Change(facts=facts)


# --- the clue and its hops -------------------------------------------------------------------


@effect
def held_by_desk(s: Situation) -> Change:
    """The clue lies with the desk that registered it."""
    return Change(department=s.clue.desk if s.clue else s.process.department)


@effect
def sent_to_lead(s: Situation) -> Change:
    """The clue lies with its new lead; one more hop."""
    return Change(
        department=s.text("lead"),
        counterpart=s.actor.department,
        facts={
            "dispatched_at": s.now.astimezone(CHINA).isoformat(),
            "transferred_in": False,
            "cooperating": list(s.names("cooperating")),
        },
        clue={
            "sender_id": s.actor.department,
            "hops": s.subject.hops + 1,
            "matter_id": s.text("matter") or s.subject.matter,
        },
    )


@effect
def bound(s: Situation) -> Change:
    """The assignment binds: no return, no further dispute."""
    return Change(clue={"binding": True})


@effect
def marked_as_transferred(s: Situation) -> Change:
    """The receiver may not transfer it on once more."""
    return _facts(transferred_in=True)


@effect
def taken_by_handler(s: Situation) -> Change:
    """Who signs for a clue handles it, unless somebody else is named."""
    return _facts(handler_user=s.text("handler_user") or s.actor.id)


@effect
def merged_into_master(s: Situation) -> Change:
    """The clue points to the one it was merged into."""
    return Change(clue={"merged_into_id": int(s.text("master"))})


@effect
def separated_from_master(s: Situation) -> Change:
    """The clue stands alone again."""
    return Change(clue={"merged_into_id": None})


@effect
def concluded_now(s: Situation) -> Change:
    """When the verification ended."""
    return _facts(concluded_at=s.now.astimezone(CHINA).isoformat())


@effect
def testing_began(s: Situation) -> Change:
    """A test is running."""
    return _facts(testing_runs=True)


@effect
def testing_ended(s: Situation) -> Change:
    """The test has its result."""
    return _facts(testing_runs=False)


# --- verification, disputes, requests, supervision ---------------------------------------------


@effect
def held_by_item(s: Situation) -> Change:
    """The part lies with the department it was made for."""
    return Change(department=str(s.item), counterpart=s.process.department)


@effect
def answered_now(s: Situation) -> Change:
    """When the department answered."""
    return _facts(answered_at=s.now.astimezone(CHINA).isoformat())


@effect
def parts_gathered(s: Situation) -> Change:
    """When all opinions were in."""
    return _facts(gathered_at=s.now.astimezone(CHINA).isoformat())


@effect
def recognised_by_actor(s: Situation) -> Change:
    """The evidence shows who recognised it."""
    before = s.process.facts.get("recognised_by")
    known = list(before) if isinstance(before, list) else []
    return _facts(recognised_by=sorted({*known, s.actor.department}))


@effect
def between_parties(s: Situation) -> Change:
    """A dispute has the raising department on one side and its opponent on the other."""
    return Change(department=s.actor.department, counterpart=s.text("opponent"))


@effect
def laid_before_arbiter(s: Situation) -> Change:
    """When the dispute was submitted."""
    return _facts(submitted_at=s.now.astimezone(CHINA).isoformat())


@effect
def asked_of_department(s: Situation) -> Change:
    """The request lies with whom it was asked of."""
    return Change(department=s.text("to_department"), counterpart=s.actor.department)


@effect
def addressed_to_department(s: Situation) -> Change:
    """Supervision lies with the department it is addressed to."""
    return Change(department=s.text("to_department"), counterpart=s.actor.department)


@effect
def draft_held_by_supervision(s: Situation) -> Change:
    """A draft lies with the supervising organ of the area: the judicial administration."""
    area = s.subject.area
    organ = next(
        (
            key
            for key, one in s.law.departments.items()
            if (one.kind, one.area) == ("justice", area) and not one.closed
        ),
        s.subject.desk,
    )
    return Change(department=organ, counterpart=s.text("to_department"))


@effect
def publicised(s: Situation) -> Change:
    """The failure was made known."""
    return _facts(publicised=True)


# --- the case ----------------------------------------------------------------------------------


@effect
def goods_preserved(s: Situation) -> Change:
    """Goods are registered for preservation."""
    return _facts(preserved=True)


@effect
def preserved_goods_released(s: Situation) -> Change:
    """Preserved goods were dealt with."""
    return _facts(preserved=False)


@effect
def goods_seized(s: Situation) -> Change:
    """Goods are seized."""
    return _facts(seized=True)


@effect
def seized_goods_released(s: Situation) -> Change:
    """Seized goods were released."""
    return _facts(seized=False)


@effect
def screened_for_crime(s: Situation) -> Change:
    """The facts were measured against the criminal thresholds of the matter, or of those named."""
    given = s.form.get("quantities")
    quantities = (
        {key: Decimal(str(value)) for key, value in given.items()}
        if isinstance(given, dict)
        else {}
    )
    findings = screen(
        ScreeningFacts(
            offences=s.names("screened") or _offences_of_matter(s) or None,
            quantities=quantities,
            offender="unit" if s.text("offender") == "unit" else "individual",
            prior_penalties=s.elsewhere.penalties,
            answers=_answers(s),
        ),
        s.law.offences,
        s.today,
        s.law.quantities,
    )
    rows = [
        {
            "offence": one.offence,
            "outcome": one.outcome,
            "reason": one.reason,
            "met": one.outcome in {"met", "suspicion"},
        }
        for one in findings
        if one.outcome != "not_met"
    ]
    return _facts(screening=rows, threshold_met=any(one["met"] for one in rows))


def _offences_of_matter(s: Situation) -> tuple[str, ...]:
    matter = s.law.matters.get(s.subject.matter or "")
    return matter.offences if matter else ()


def _answers(s: Situation) -> dict[str, bool | None]:
    rows = s.form.get("answers")
    known = {"是": True, "否": False}
    if not isinstance(rows, list):
        return {}
    return {
        str(row.get("offence")): known.get(str(row.get("answer")).strip())
        for row in rows
        if isinstance(row, dict)
    }


@effect
def review_is_due(s: Situation) -> Change:
    """A new report is reviewed anew."""
    return _facts(reviewed_by=None)


@effect
def sent_for_review_now(s: Situation) -> Change:
    """When the file went to review."""
    return _facts(sent_for_review_at=s.now.astimezone(CHINA).isoformat())


@effect
def reviewed_by_actor(s: Situation) -> Change:
    """Who passed the review."""
    return _facts(reviewed_by=s.actor.id)


@effect
def discussed(s: Situation) -> Change:
    """The heads discussed the case."""
    return _facts(discussed=True)


@effect
def decided_now(s: Situation) -> Change:
    """When the decision was made."""
    return _facts(decided_at=s.now.astimezone(CHINA).isoformat())


@effect
def nothing_to_pay(s: Situation) -> Change:
    """No fine was set."""
    return _facts(fine="0", paid_up=True)


@effect
def payment_urged(s: Situation) -> Change:
    """The party was urged to pay; the due day stays on record."""
    return _facts(payment_due=_payment_due(s))


@effect
def payment_added(s: Situation) -> Change:
    """What has been paid so far."""
    before = Decimal(str(s.process.facts.get("paid_total") or 0))
    day = payment_day(s)
    return _facts(
        paid_total=str(before + Decimal(s.text("paid") or "0")),
        payment_due=_payment_due(s),
        surcharge=str(surcharge_by(s, day)),
        surcharged_until=day.isoformat(),
    )


def _payment_due(s: Situation) -> object:
    clock = payment_clock(s)
    if clock is None:
        return s.process.facts.get("payment_due")
    day: date = clock.due_at.astimezone(CHINA).date()
    return day.isoformat()


@effect
def paid_up(s: Situation) -> Change:
    """Nothing is left to pay."""
    return _facts(paid_up=True)


@effect
def published(s: Situation) -> Change:
    """The decision was published."""
    return _facts(published=True)


@effect
def remember_state(s: Situation) -> Change:
    """Where the case stood when it went to the police."""
    return _facts(state_before_police=s.process.state)


# --- the referral ------------------------------------------------------------------------------


@effect
def addressed_to_police(s: Situation) -> Change:
    """The referral goes to these police."""
    return Change(counterpart=s.text("police"))


@effect
def approved_now(s: Situation) -> Change:
    """When the principal approved."""
    return _facts(approved_at=s.now.astimezone(CHINA).isoformat())


@effect
def supplemented(s: Situation) -> Change:
    """The materials are complete now."""
    return _facts(complete="complete")


def after(process_situation: Situation, change: Change) -> Situation:
    """The situation as it is once the change was made: for clocks, documents and messages."""
    process = replace(
        process_situation.process,
        department=change.department or process_situation.process.department,
        counterpart=change.counterpart or process_situation.process.counterpart,
        facts={**process_situation.process.facts, **change.facts},
    )
    return replace(process_situation, process=process)
