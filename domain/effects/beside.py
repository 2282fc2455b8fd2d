"""Effects beside a clue: verification, disputes, requests, supervision."""

from domain.crime.decisions import DUTY
from domain.effects.change import Change, effect, facts_recorded, moment
from domain.situation.situation import Situation


@effect
def held_by_item(s: Situation) -> Change:
    """The part lies with the department it was made for."""
    return Change(department=str(s.item), counterpart=s.process.department)


@effect
def answered_now(s: Situation) -> Change:
    """When the department answered."""
    return facts_recorded(answered_at=moment(s))


@effect
def parts_gathered(s: Situation) -> Change:
    """When all opinions were in."""
    return facts_recorded(gathered_at=moment(s))


@effect
def recognised_by_actor(s: Situation) -> Change:
    """The evidence shows who recognised it."""
    before = s.process.facts.get("recognised_by")
    known = list(before) if isinstance(before, list) else []
    return facts_recorded(recognised_by=sorted({*known, s.actor.department}))


@effect
def between_parties(s: Situation) -> Change:
    """A dispute has the raising department on one side and its opponent on the other."""
    return Change(department=s.actor.department, counterpart=s.text("opponent"))


@effect
def laid_before_arbiter(s: Situation) -> Change:
    """When the dispute was submitted."""
    return facts_recorded(submitted_at=moment(s))


@effect
def addressed_to_department(s: Situation) -> Change:
    """A request or supervision lies with the department it is addressed to."""
    return Change(department=s.text("to_department"), counterpart=s.actor.department)


@effect
def addressed_to_supervisory(s: Situation) -> Change:
    """The clue of an offence of office lies with its organ, the 监察机关 on the other side."""
    return Change(
        department=s.actor.department,
        counterpart=s.text("supervisory"),
        facts={DUTY: list(s.names(DUTY))},
    )


@effect
def duty_crime_sent_now(s: Situation) -> Change:
    """When the letter went to the 监察机关."""
    return facts_recorded(sent_at=moment(s))


@effect
def answered_by_holder(s: Situation) -> Change:
    """An opinion is answered by the department that has the clue now."""
    return Change(department=s.of_kind("clue")[0].department)


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
    return facts_recorded(publicised=True)
