"""Effects on a clue: who holds it, how often it was sent on, what it was merged into."""

from domain.crime.decisions import FOUND
from domain.duplicates.names import company_key
from domain.effects.change import Change, effect, facts_recorded, moment
from domain.penalties.earlier_fines import fined_again
from domain.situation.handling import HANDLING, REPORT
from domain.situation.situation import Situation

CORRECTED = (
    "title",
    "content",
    "category",
    "place",
    "subject_name",
    "subject_code",
    "subject_phone",
    "subject_address",
)
"""What a correction of the registration may put in place of what was registered."""
CORRECTIONS = "corrections"
"""The fact that keeps what was registered before each correction, by whom it was made and why."""


@effect
def held_by_desk(s: Situation) -> Change:
    """The clue lies with the desk that registered it."""
    return Change(department=s.clue.desk if s.clue else s.process.department)


@effect
def sent_to_lead(s: Situation) -> Change:
    """The clue lies with its new lead; one more hop.

    What an enforcement organ sends by letter is transferred in, as `transfer_on` marks it.
    """
    sender = s.department(s.actor.department)
    return Change(
        department=s.text("lead"),
        counterpart=s.actor.department,
        facts={
            "dispatched_at": moment(s),
            "transferred_in": sender is not None and sender.kind == "enforcement",
            "cooperating": list(s.names("cooperating")),
        },
        clue={
            "sender_id": s.actor.department,
            "hops": s.subject.hops + 1,
            "matter_id": s.text("matter") or s.subject.matter,
        },
    )


@effect
def matter_settled(s: Situation) -> Change:
    """A clue without a matter gets the one its case is filed under; one that has it keeps it."""
    return Change(clue={"matter_id": s.subject.matter or s.text("matter") or None})


@effect
def fined_beside_others(s: Situation) -> Change:
    """Clues with a fine over the same matter and time beside which the party is fined."""
    return facts_recorded(fined_again=fined_again(s) or None)


@effect
def bound(s: Situation) -> Change:
    """The assignment binds: no return, no further dispute."""
    return Change(clue={"binding": True})


@effect
def marked_as_transferred(s: Situation) -> Change:
    """The receiver may not transfer it on once more."""
    return facts_recorded(transferred_in=True)


@effect
def taken_by_handler(s: Situation) -> Change:
    """Who signs for a clue handles it, unless somebody else is named."""
    return facts_recorded(handler_user=s.text("handler_user") or s.actor.id)


@effect
def merged_into_master(s: Situation) -> Change:
    """The clue points to the one it was merged into."""
    return Change(clue={"merged_into_id": int(s.text("master"))})


@effect
def separated_from_master(s: Situation) -> Change:
    """The clue stands alone again."""
    return Change(clue={"merged_into_id": None})


_OF_THE_PARTY = ("subject_code", "subject_address", "subject_phone")


@effect
def party_entered(s: Situation) -> Change:
    """Who the party is, entered or corrected; the record keeps every entry.

    Number, address and telephone of whoever was taken for the party go with his name.
    """
    name, before = s.text("subject_name"), s.subject.subject_name
    is_another = bool(name and before) and name != before
    said = {one: s.text(one) for one in _OF_THE_PARTY}
    known: dict[str, object] = {one: text for one, text in said.items() if text or is_another}
    if name:
        known |= {"subject_name": name, "subject_key": company_key(name) or None}
    return Change(clue=known)


@effect
def registration_corrected(s: Situation) -> Change:
    """What was registered wrongly, or not at all, as it should be; what it was stays on record."""
    now = {name: s.text(name) for name in CORRECTED if s.text(name)}
    before = {name: getattr(s.subject, name) for name in now}
    columns: dict[str, object] = {**_words(s), **now}
    if matter := s.text("matter"):
        columns["matter_id"], before["matter"] = matter, s.subject.matter or ""
    if name := now.get("subject_name"):
        columns["subject_key"] = company_key(name) or None
    main = s.latest("clue")
    told = main.facts.get(CORRECTIONS) if main else None
    earlier = told if isinstance(told, list) else []
    one = {"at": moment(s), "by": s.actor.id, "before": before, "reason": s.text("correct_reason")}
    return Change(clue=columns, facts={CORRECTIONS: [*earlier, one]})


@effect
def secrecy_asked(s: Situation) -> Change:
    """Who reported asked, after all, that his name be withheld: from now on his words tell none."""
    intake = s.process.facts.get("intake")
    told = intake if isinstance(intake, dict) else {}
    return Change(facts={"intake": {**told, "confidential": True}}, clue=_words(s))


@effect
def stored_words_withheld(s: Situation) -> Change:
    """What was stored before such words were withheld tells no more of who reported."""
    return Change(clue=_words(s))


def _words(s: Situation) -> dict[str, object]:
    """The clue's words as the situation has them: without what may no longer be told."""
    return {"title": s.subject.title, "content": s.subject.content}


@effect
def concluded_now(s: Situation) -> Change:
    """When the verification ended; a finding of crime stays on record when another follows it."""
    if s.text("finding") == "criminal":
        named = list(s.names(FOUND))
        return facts_recorded(
            concluded_at=moment(s), found_criminal_at=moment(s), **{FOUND: named or None}
        )
    main = s.latest("clue")
    before = main.facts.get(FOUND) if main else None
    return facts_recorded(concluded_at=moment(s), **{FOUND: before})


@effect
def testing_began(s: Situation) -> Change:
    """A test is running."""
    return facts_recorded(testing_runs=True)


@effect
def testing_ended(s: Situation) -> Change:
    """The test has its result."""
    return facts_recorded(testing_runs=False)


@effect
def handling_chosen(s: Situation) -> Change:
    """How the clue is to be dealt with; as a violation where the desk says nothing."""
    return facts_recorded(**{HANDLING: s.text(HANDLING) or REPORT})


@effect
def violation_recognised(s: Situation) -> Change:
    """A request turned out to tell of a violation."""
    return facts_recorded(**{HANDLING: REPORT})


@effect
def referred_from_here(s: Situation) -> Change:
    """Where the clue stood when its referral was proposed; unfiled, it goes back there."""
    return facts_recorded(referred_from=s.process.state)
