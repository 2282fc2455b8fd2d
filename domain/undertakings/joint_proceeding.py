"""Guards of 联合行政处罚: who takes part, what was discussed, and one fine for one act.

行政处罚法第二十九条 (text): one act is not fined twice; where it breaks several rules by which it
is to be fined, the rule with the higher fine decides. Every department decides in its own name.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from domain.guards.registry import condition, guard, selection
from domain.situation.joint_acts import (
    Row,
    act_key,
    act_of,
    fined,
    fined_apart,
    rows_in,
    same_acts,
    told_apart,
    yuan,
)
from domain.situation.situation import ProcessView, Situation

PROCEEDING, MEMBER, LIMIT = "joint_proceeding", "joint_case", "joint_answer"
TAKING_PART = frozenset({"joined", "to_agree", "agreed", "decided"})
"""States of a department that takes part, whether or not it has decided yet."""
UNDECIDED = frozenset({"joined", "to_agree", "agreed"})


def taking_part(s: Situation) -> tuple[ProcessView, ...]:
    """The departments that take part, each once, in the order in which they came."""
    return tuple(one for one in s.of_kind(MEMBER) if one.state in TAKING_PART)


def _names(s: Situation) -> dict[str, str]:
    """The departments that take part by every name under which a row may call them."""
    found: dict[str, str] = {}
    for one in taking_part(s):
        known = s.law.departments[one.department]
        found |= {known.name: known.name, known.short: known.name}
    return found


@guard
def joint_partners_are_others(s: Situation) -> str | None:
    """Others are asked, and who proposes is no other."""
    if s.actor.department in s.names("departments"):
        return "请参加的部门不包括本部门"
    return None if s.names("departments") else "请选择请参加的部门"


@guard
def joint_answers_are_in(s: Situation) -> str | None:
    """Who was asked and still has days to answer is waited for."""
    running = {one.process_id: one for one in s.clocks if one.rule == LIMIT}
    left = [
        s.law.departments[one.department].name
        for one in s.open_of_kind(MEMBER)
        if one.id in running and running[one.id].breach_at >= s.now
    ]
    return f"{'、'.join(left)}尚未答复是否参加，答复期限没有届满" if left else None


@guard
def others_take_part(s: Situation) -> str | None:
    """A proceeding of one department alone is no joint one."""
    if len({one.department for one in taking_part(s)}) > 1:
        return None
    return (
        "没有其他部门参加；没有部门参加的，由部门负责人办理「解除共同办理」，案件由本部门单独办理"
    )


@guard
def not_the_proposing_department(s: Situation) -> str | None:
    """Who proposed it ends it for all, or stays."""
    [main] = s.of_kind(PROCEEDING)
    if s.process.department != main.department:
        return None
    return "发起部门不能单独退出；不再共同办理的，由部门负责人办理「解除共同办理」"


@guard
def joint_acts_can_be_read(s: Situation) -> str | None:
    """Every row names its act, a department that takes part, an article and sums; none is missing.

    A department whose act is not among them would have agreed to nothing.
    """
    known, found, told = _names(s), list[str](), set[str]()
    for number, row in enumerate(rows_in(s.form.get("acts")), start=1):
        name = known.get(row["部门"].strip())
        told |= {name} if name else set()
        found += [
            f"第{number}行{text}"
            for wrong, text in (
                (not row["违法行为"].strip(), "没有填写违法行为"),
                (name is None, f"的部门“{row['部门']}”不是参加部门"),
                (not row["依据"].strip(), "没有填写依据（法律、法规、规章和条款）"),
                (yuan(row["罚款上限"]) is None, f"的罚款上限“{row['罚款上限']}”不是金额"),
                (yuan(row["拟罚款"]) is None, f"的拟罚款“{row['拟罚款']}”不是金额"),
                (_is_above_limit(row), "的拟罚款高于该行的罚款上限"),
            )
            if wrong
        ]
    missing = [one for one in dict.fromkeys(known.values()) if one not in told]
    found += [f"没有写明{'、'.join(missing)}拟处理的违法行为"] if missing else []
    return "；".join(found) or None


def _is_above_limit(row: Row) -> bool:
    limit, fine = yuan(row["罚款上限"]), yuan(row["拟罚款"])
    if limit is None or fine is None or not row["罚款上限"].strip():
        return False
    return fine > limit


@guard
def one_act_has_one_fine(s: Situation) -> str | None:
    """第二十九条: not two fines for one act, by whichever organs."""
    found = [
        f"“{act}”由{'、'.join(row['部门'] for row in fined(rows))}分别罚款"
        for act, rows in same_acts(rows_in(s.form.get("acts"))).items()
        if len(fined(rows)) > 1
    ]
    if not found:
        return None
    return (
        f"{'；'.join(found)}：同一违法行为不得给予两次以上罚款，由一个部门按罚款数额高的规定罚款，"
        "其他部门的拟罚款留空（可以依法给予其他处罚）；不属于同一违法行为的，请写不同的名称"
    )


FEWEST_WORDS = 10
"""The fewest characters in which two acts are told apart: a sentence, and no 不同."""


@guard
def fined_acts_are_told_apart(s: Situation) -> str | None:
    """第二十九条: where two departments fine, a sentence per pair says why these are two acts."""
    rows, said = (rows_in(s.form.get(one)) for one in ("acts", "acts_apart"))
    known = {act_of(row) for row in rows}
    strange = [
        f"第{number}行的“{row[side]}”不是上表中的违法行为"
        for number, row in enumerate(said, start=1)
        for side in ("行为一", "行为二")
        if act_key(row[side]) not in known
    ]
    told = told_apart(said)
    left = [
        f"{one['部门']}罚款的“{one['违法行为'].strip()}”与{other['部门']}罚款的“{other['违法行为'].strip()}”"
        for one, other in fined_apart(rows)
        if _words_in(told.get(frozenset({act_of(one), act_of(other)}), "")) < FEWEST_WORDS
    ]
    if left:
        strange.append(
            f"{'；'.join(left)}：各有罚款的，须写明为什么不是同一违法行为"
            f"（主体、行为、时间、地点、物品有何不同，不少于{FEWEST_WORDS}个字）；"
            "说不出区别的是同一违法行为，写同一名称，只由一个部门罚款"
        )
    return f"「各罚款行为的区别」：{'；'.join(strange)}" if strange else None


def _words_in(text: str) -> int:
    return len(re.findall(r"\w", text))


@guard
def decided_fines_stand(s: Situation) -> str | None:
    """What a department decided is discussed no more: its fined acts and their sum stay."""
    before, now = (rows_in(one.get("acts")) for one in (s.process.facts, s.form))
    found = []
    for one in taking_part(s):
        known = s.law.departments[one.department]
        was, said = (_fines_of({known.name, known.short}, rows) for rows in (before, now))
        total = Decimal(str(one.facts.get("fine") or 0)) if "fine" in one.facts else _sum(was)
        kept = was == said if total == _sum(was) else was.keys() >= said.keys()
        if one.state == "decided" and not (kept and total == _sum(said)):
            found.append(f"{known.name}已经作出决定，罚款{total:,.2f}元")
    if not found:
        return None
    return f"{'；'.join(found)}：其各行的违法行为名称、拟罚款应当与决定一致，不得改填、留空"


def _sum(fines: dict[str, Decimal]) -> Decimal:
    return sum(fines.values(), Decimal(0))


def _fines_of(names: set[str], rows: Sequence[Row]) -> dict[str, Decimal]:
    """What a department fines each act, by the act's name as it is compared."""
    found: dict[str, Decimal] = {}
    for row in fined(rows):
        if row["部门"].strip() in names:
            act = act_of(row)
            found[act] = found.get(act, Decimal(0)) + (yuan(row["拟罚款"]) or Decimal(0))
    return found


@guard
def the_higher_fine_is_chosen(s: Situation) -> str | None:
    """第二十九条: the rule with the higher fine; another choice is explained."""
    found = []
    for act, rows in same_acts(rows_in(s.form.get("acts"))).items():
        highest = max((yuan(row["罚款上限"]) or Decimal(0) for row in rows), default=Decimal(0))
        [chosen] = fined(rows) if len(fined(rows)) == 1 else [None]
        if len(rows) < 2 or chosen is None:
            continue
        if (yuan(chosen["罚款上限"]) or Decimal(0)) < highest:
            found.append(f"“{act}”拟由{chosen['部门']}罚款，而其规定的罚款上限不是最高的")
    if not found or s.text("higher_reason"):
        return None
    return f"{'；'.join(found)}：按罚款数额高的规定处罚，确有理由的填写「选择罚款规定的理由」"


@condition
def last_joint_case(s: Situation) -> bool:
    """With the step at hand no department is left that takes part or was asked."""
    return all(one.id == s.process.id for one in s.open_of_kind(MEMBER))


@selection
def open_joint_cases(s: Situation) -> tuple[int, ...]:
    """The departments that were asked or take part and have not decided."""
    return tuple(one.id for one in s.open_of_kind(MEMBER))


@selection
def undecided_joint_cases(s: Situation) -> tuple[int, ...]:
    """The departments that take part and have not decided."""
    return tuple(one.id for one in s.of_kind(MEMBER) if one.state in UNDECIDED)
