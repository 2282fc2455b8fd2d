"""What happens to 联合行政处罚: whose part it is, what was discussed, what a case knows of it."""

from domain.effects.change import Change, effect, facts_recorded, moment
from domain.situation.joint_acts import rows_in
from domain.situation.situation import Situation


@effect
def own_joint_case(s: Situation) -> Change:
    """The proposing department's own part, with the clue of its case."""
    own = s.actor.department
    return Change(department=own, counterpart=own, facts={"clue_no": s.text("clue_no")})


@effect
def asked_to_join(s: Situation) -> Change:
    """The part lies with the department asked; who proposed is on its other side."""
    return Change(
        department=str(s.item),
        counterpart=s.actor.department,
        facts={"respond_by": s.text("respond_by")},
    )


@effect
def jointly_discussed(s: Situation) -> Change:
    """When the discussion was entered: what was agreed to before is asked anew."""
    return facts_recorded(discussed_on=moment(s))


@effect
def agreed_jointly(s: Situation) -> Change:
    """The day on which a department agreed, and who of it."""
    return facts_recorded(agreed_on=s.today.isoformat(), agreed_by=s.actor.name)


@effect
def joint_recorded(s: Situation) -> Change:
    """The joint proceeding of a case as it stands; what is not told is no more."""
    told = ("joint_no", "joint_with", "joint_clues", "joint_agreed_on")
    rows = {name: list(rows_in(s.form.get(name))) for name in ("joint_acts", "joint_apart")}
    return Change(facts={**{name: s.text(name) for name in told}, **rows})
