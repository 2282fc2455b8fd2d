"""Effects on a penalty case: goods, review, discussion, decision."""

from domain.effects.change import Change, effect, facts_recorded, moment
from domain.effects.service import effective_at
from domain.guards.measure import ONCE, approval_overdue, goods_in
from domain.guards.officers import ONCE_OFFICERS
from domain.guards.outcome import fitting_ground
from domain.guards.period import decision_overdue
from domain.penalties.earlier_fines import fined_again, fines_told_apart
from domain.penalties.heard_party import HEARD, was_heard
from domain.penalties.notified import told_now
from domain.penalties.service import NOTICE
from domain.situation.penalty import DECIDED, PLANNED
from domain.situation.situation import Situation


@effect
def officers_named(s: Situation) -> Change:
    """Who is an officer of the case; who ever was one stays on record."""
    known: set[str] = set(s.names("case_officers"))
    for field in ("case_officers", ONCE_OFFICERS):
        named = s.process.facts.get(field)
        known |= set(named) if isinstance(named, list | tuple) else set()
    return facts_recorded(**{ONCE_OFFICERS: sorted(known)})


@effect
def goods_preserved(s: Situation) -> Change:
    """Goods are registered for preservation; what was ever registered stays on record."""
    return facts_recorded(preserved=True, **_once(s, "preserved_goods"))


@effect
def preserved_goods_released(s: Situation) -> Change:
    """Preserved goods were dealt with."""
    return facts_recorded(preserved=False)


@effect
def goods_seized(s: Situation) -> Change:
    """Goods are seized; what was ever seized stays on record."""
    return facts_recorded(seized=True, **_once(s, "seized_goods"))


def _once(s: Situation, field: str) -> dict[str, object]:
    before = s.process.facts.get(ONCE + field)
    known = before if isinstance(before, list | tuple) else ()
    taken = goods_in(s.process.facts.get(field)) | goods_in(s.form.get(field))
    return {ONCE + field: sorted(taken.union(known))}


@effect
def approval_dated(s: Situation) -> Change:
    """Whether a measure on the spot was approved after its hours."""
    return facts_recorded(approved_late=approval_overdue(s) is not None)


@effect
def seized_goods_released(s: Situation) -> Change:
    """Seized goods were released."""
    return facts_recorded(seized=False)


@effect
def review_is_due(s: Situation) -> Change:
    """A new report is reviewed anew."""
    return facts_recorded(reviewed_by=None)


CHARGED = ("facts_found", "offender")


@effect
def review_lapses_with_changes(s: Situation) -> Change:
    """Other facts or another party than those reviewed are reviewed anew (处罚法第五十八条)."""
    facts, form = s.process.facts, s.form
    changed = [one for one in CHARGED if form.get(one) and form[one] != facts.get(one)]
    before, now = facts.get("quantities"), form.get("quantities")
    known = before if isinstance(before, dict) else {}
    sums = isinstance(now, dict) and any(known.get(one) != sum_ for one, sum_ in now.items())
    named = s.text("subject_name")
    other = bool(named) and named != s.subject.subject_name
    if not (changed or sums or other) or not facts.get("reviewed_by"):
        return facts_recorded()
    return facts_recorded(reviewed_by=None, legally_reviewed=False)


@effect
def sent_for_review_now(s: Situation) -> Change:
    """When the file went to review; an earlier review counts no more."""
    return facts_recorded(sent_for_review_at=moment(s), reviewed_by=None)


@effect
def reviewed_by_actor(s: Situation) -> Change:
    """Who passed the review, and whether it was a legal one."""
    legal = s.process.facts.get("needs_legal_review") == "legal"
    return facts_recorded(reviewed_by=s.actor.id, legally_reviewed=legal, reviewed_at=moment(s))


@effect
def hearing_reviewed_by_actor(s: Situation) -> Change:
    """Who passed the legal review that follows a hearing."""
    return facts_recorded(reviewed_by=s.actor.id, legally_reviewed=True, reviewed_at=moment(s))


@effect
def hearing_given_up(s: Situation) -> Change:
    """The party gave its hearing up; what it was told stands."""
    return facts_recorded(hearing_waived=True, hearing_ended_by=s.text("hearing_end_ground"))


@effect
def hearing_held_now(s: Situation) -> Change:
    """A hearing was held: legal review and discussion follow it, and those before count no more."""
    return facts_recorded(
        hearing_held=True, legally_reviewed=False, discussed=False, discussed_on=None
    )


@effect
def discussed(s: Situation) -> Change:
    """The heads discussed the case."""
    return facts_recorded(discussed=True)


@effect
def statement_taken(s: Situation) -> Change:
    """What the party states is there when the heads discuss the case: they do so afterwards."""
    return facts_recorded(discussed=None)


@effect
def noticed_anew(s: Situation) -> Change:
    """A new notice begins the party's days anew: what it said to the last one ended nothing."""
    return facts_recorded(
        statement=None,
        **{HEARD: was_heard(s) or None},
        hearing_waived=None,
        hearing_ended_by=None,
        discussed=None,
        no_hearing_ground=s.form.get("no_hearing_ground"),
        **{name: s.form.get(name) for name in vars(PLANNED).values()},
        told=told_now(s),
        noticed_at=moment(s),
        fines_weighed=fines_told_apart(s),
        notice_served_on=s.form.get(NOTICE.day),
        notice_way=s.form.get(NOTICE.way),
        notice_effective_at=effective_at(s, NOTICE),
    )


@effect
def earlier_notice_spent(s: Situation) -> Change:
    """What was told before justice dealt with the crime bounds nothing that is told afterwards."""
    return facts_recorded(**{PLANNED.kinds: None})


@effect
def hearing_asked_for(s: Situation) -> Change:
    """A hearing that is asked for has neither day nor notice: those of an earlier one are spent.

    So is an earlier waiver, and what was discussed on it.
    """
    spent = ("hearing_at", "hearing_set_at", "hearing_notice_served_on", "hearing_notice_way")
    return facts_recorded(**dict.fromkeys((*spent, "hearing_waived", "discussed")))


@effect
def hearing_set_anew(s: Situation) -> Change:
    """A new day for the hearing needs a notice of its own: the last one served nothing."""
    return facts_recorded(
        hearing_set_at=moment(s), hearing_notice_served_on=None, hearing_notice_way=None
    )


@effect
def decided_now(s: Situation) -> Change:
    """When the decision was made, and whether after the limit of its case."""
    return facts_recorded(decided_at=moment(s), decided_late=decision_overdue(s) is not None)


@effect
def penalty_imposed(s: Situation) -> Change:
    """What the party is to bear; nothing of an earlier decision is left over."""
    stated = {name: s.form.get(name) for name in vars(DECIDED).values()}
    ground = s.form.get("penalty_ground") or s.process.facts.get("penalty_ground")
    sums = {name: stated[name] or "0" for name in (DECIDED.fine, DECIDED.confiscated)}
    return facts_recorded(
        **{**stated, **sums},
        decision="penalty",
        penalty_ground=ground,
        fined_again=fined_again(s) or None,
    )


@effect
def no_penalty_given(s: Situation) -> Change:
    """The decision imposes nothing."""
    return facts_recorded(decision="no_penalty", penalty_kinds=None)


@effect
def terminated_now(s: Situation) -> Change:
    """The case ended without a decision, by termination."""
    return facts_recorded(terminated=True)


@effect
def handed_to_justice(s: Situation) -> Change:
    """The case ended without a decision of its own, by referral."""
    return facts_recorded(terminated=False)


@effect
def closed_on_its_ground(s: Situation) -> Change:
    """The ground on which the case closes, as it follows from how it went."""
    return facts_recorded(closing_ground=fitting_ground(s))


@effect
def closed_by_transfer(s: Situation) -> Change:
    """The case closes because another organ has jurisdiction."""
    return facts_recorded(closing_ground="transferred_away")


@effect
def published(s: Situation) -> Change:
    """The decision was published."""
    return facts_recorded(published=True)


@effect
def publication_revised(s: Situation) -> Change:
    """What was withdrawn is published no more; what was corrected still is."""
    if s.text("publication_change") == "corrected":
        return facts_recorded(published=True)
    return facts_recorded(published=False, not_public_since=moment(s))


@effect
def remember_state(s: Situation) -> Change:
    """Where the case stood when it went to the police."""
    return facts_recorded(state_before_police=s.process.state)


@effect
def rest_was_taken_up(s: Situation) -> Change:
    """What had to wait for justice is dealt with now, once."""
    return facts_recorded(rest_taken_up=True)


@effect
def licence_taken_up(s: Situation) -> Change:
    """The case deals with the party's qualification while justice deals with the crime."""
    return facts_recorded(licence_only=True)
