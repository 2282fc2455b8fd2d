"""What binds a case that is handled with those of other departments (联合行政处罚).

What was discussed and agreed lies in the case's own facts, written by the program when its
department agreed (`flows.joint.telling`): a decision looks at its own case only.
"""

from decimal import Decimal

from domain.guards.registry import guard
from domain.situation.joint_acts import Row, act_of, fined, rows_in, same_acts, yuan
from domain.situation.situation import Situation


def joint_no(s: Situation) -> str:
    """The number of the joint proceeding that the case belongs to; empty for none."""
    return str(s.process.facts.get("joint_no") or "")


@guard
def joint_discussion_is_agreed(s: Situation) -> str | None:
    """Nothing is told or decided before the organ agreed to what was discussed, or left."""
    if not joint_no(s) or s.process.facts.get("joint_agreed_on"):
        return None
    return (
        f"本案参加了联合行政处罚（{joint_no(s)}），本部门还没有同意共同讨论的意见；"
        "请先共同讨论并由部门负责人确认，或者退出共同办理"
    )


@guard
def act_is_fined_by_one_organ(s: Situation) -> str | None:
    """第二十九条: who fines an act was settled among the organs; no other fines it too."""
    if _fine(s) <= 0 or not joint_no(s) or _own_total(s) > 0:
        return None
    rows = rows_in(s.process.facts.get("joint_acts"))
    others = {
        act: fined(found)[0]["部门"]
        for act, found in same_acts(rows).items()
        if fined(found) and any(_is_own(s, row) for row in found)
    }
    if not others:
        return None
    told = "、".join(f"“{act}”由{who}" for act, who in others.items())
    return (
        f"共同讨论（{joint_no(s)}）确定{told}罚款，同一违法行为不得再次罚款；可以依法给予其他处罚"
    )


@guard
def fine_was_discussed_jointly(s: Situation) -> str | None:
    """A fine beyond what was agreed is discussed again."""
    if s.process.facts.get("remade"):
        # Decided once, it left the discussion: a revoked case is remade by its own organ alone.
        return None
    own = _own_total(s)
    if not joint_no(s) or not s.process.facts.get("joint_agreed_on") or _fine(s) <= own:
        return None
    return (
        f"罚款超过共同讨论（{joint_no(s)}）中本部门拟罚款的{own:,.2f}元；"
        "请由发起部门再次登记共同讨论，各部门确认以后办理"
    )


@guard
def act_with_police_is_not_fined_jointly(s: Situation) -> str | None:
    """An act that was agreed to be one with a suspected crime is fined by no other organ either."""
    if _fine(s) <= 0 or not s.process.facts.get("joint_agreed_on"):
        return None
    rows = rows_in(s.process.facts.get("joint_acts"))
    own = {act_of(row): row["违法行为"].strip() for row in fined(rows) if _is_own(s, row)}
    found = [
        f"“{own[act]}”（{clue_no}）"
        for clue_no, names in _clues_of_others(s)
        if clue_no in s.elsewhere.suspected
        for act in dict.fromkeys(act_of(row) for row in rows if row["部门"].strip() in names)
        if act in own
    ]
    if not found:
        return None
    return (
        f"共同讨论（{joint_no(s)}）认定{'、'.join(found)}是同一违法行为，该线索涉嫌犯罪、尚未办结，"
        "不得以罚款代替移送：待司法机关处理以后再罚款，或者由发起部门再次登记共同讨论；可以依法给予其他处罚"
    )


def jointly_told_apart(s: Situation) -> frozenset[str]:
    """Clues whose fined acts bear other names in the agreed discussion than those fined here.

    A clue of which the discussion says no fine is not told apart by it, should it have one.
    """
    facts = s.process.facts
    if not facts.get("joint_agreed_on"):
        return frozenset()
    rows = rows_in(facts.get("joint_acts"))
    own = {act_of(row) for row in fined(rows) if _is_own(s, row)}
    found = set()
    for clue_no, names in _clues_of_others(s):
        acts = {act_of(row) for row in fined(rows) if row["部门"].strip() in names}
        found |= {clue_no} if acts and not acts & own else set()
    return frozenset(found)


def _clues_of_others(s: Situation) -> list[tuple[str, set[str]]]:
    """The clues of the other departments, each with the names under which rows call its organ."""
    facts, known = s.process.facts, s.law.departments.values()
    names = {one.name: {one.name, one.short} for one in known}
    organs = str(facts.get("joint_with") or "").split("、")
    clues = str(facts.get("joint_clues") or "").split("、")
    return [(no, names.get(organ, {organ})) for no, organ in zip(clues, organs, strict=False)]


def _fine(s: Situation) -> Decimal:
    return Decimal(s.text("fine") or s.text("planned_fine") or "0")


def _is_own(s: Situation, row: Row) -> bool:
    own = s.law.departments[s.process.department]
    return row["部门"].strip() in {own.name, own.short}


def _own_total(s: Situation) -> Decimal:
    rows = rows_in(s.process.facts.get("joint_acts"))
    return sum((yuan(row["拟罚款"]) or Decimal(0) for row in rows if _is_own(s, row)), Decimal(0))
