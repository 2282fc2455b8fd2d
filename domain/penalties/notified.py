"""Guards of the notice before a penalty: it is complete, and nothing else is decided afterwards."""

from collections.abc import Iterator

from domain.guards.registry import guard
from domain.penalties.correction import ways_to_change
from domain.penalties.hearing_right import penalty_at_hand
from domain.situation.penalty import DECIDED, PLANNED, faults_of, heavier, penalty_of
from domain.situation.situation import Situation

TOLD = {"party": "当事人", "facts_found": "违法事实", "quantities": "涉案数额"}
"""What a notice tells beside the penalty and its ground."""
_DROPPED = str.maketrans("", "", "《》〈〉 　\t\r\n、，,；;。.（）()")


@guard
def penalty_is_complete(s: Situation) -> str | None:
    """A penalty states all that its kinds need, and no sum without its kind."""
    names = PLANNED if PLANNED.kinds in s.form else DECIDED
    decides = "amend_decision" if "amend_reason" in s.form else "decide"
    action = "notice" if names is PLANNED else decides
    form = s.law.lifecycles["case"].actions[action].form
    labels = {need: form[name].label for need, name in vars(names).items()}
    faults = list(faults_of(penalty_at_hand(s), s.law.penalties, labels))
    return "；".join(faults) or None


@guard
def penalty_is_within_powers(s: Situation) -> str | None:
    """Some kinds of penalty only one kind of organ may impose."""
    own = s.department(s.process.department)
    kinds = [s.law.penalties[one] for one in penalty_at_hand(s).kinds]
    beyond = [one.label for one in kinds if one.only and own and own.kind != one.only]
    return f"{'、'.join(beyond)}不属本机关的处罚权，不得告知或者决定" if beyond else None


@guard
def decision_was_told(s: Situation) -> str | None:
    """What is decided was told: no heavier or other penalty, ground, party or facts."""
    found = list(_differences(s))
    if not found:
        return None
    return (
        f"与告知书不一致：{'；'.join(found)}。未依法告知的内容不得决定，"
        "请先办理「处罚告知」，重新告知并听取陈述申辩后再作决定"
    )


@guard
def a_penalty_was_decided(s: Situation) -> str | None:
    """Only a penalty can be amended; a decision not to punish is revoked."""
    if s.process.facts.get("decision") == "penalty":
        return None
    anew = ways_to_change(s)[1]
    return f"本案没有处罚决定可以变更；不予处罚决定有错误的，请办理{anew}"


@guard
def amendment_is_not_heavier(s: Situation) -> str | None:
    """An organ amends a penalty without a new notice only to what is not heavier."""
    before, now = penalty_of(s.process.facts, DECIDED), penalty_of(s.form, DECIDED)
    found = [
        one.replace("没有告知过", "原决定没有").replace("告知的是", "原决定是")
        for one in heavier(now, before, s.law.penalties)
    ]
    if not found:
        return None
    return (
        f"变更后重于或者不同于原决定：{'；'.join(found)}。须先办理{ways_to_change(s)[1]}，"
        "重新告知并听取陈述申辩后再作决定"
    )


@guard
def amendment_was_discussed(s: Situation) -> str | None:
    """What the heads discussed together no head alone amends (行政处罚法第五十七条第二款)."""
    if not s.process.facts.get("discussed") or s.text("amend_discussion"):
        return None
    return (
        "原决定经过负责人集体讨论，变更也应当集体讨论决定：请在「变更的集体讨论情况」"
        "写明讨论的时间、出席人员、讨论情况和意见"
    )


@guard
def remade_decision_differs(s: Situation) -> str | None:
    """What was revoked on its merits is not decided again on the same facts and grounds."""
    if s.process.facts.get("remade") != "merits" or s.text("remade_difference"):
        return None
    return (
        "原决定已被撤销并责令重新作出，不得以同一事实和理由作出相同或者基本相同的决定，"
        "请填写「与被撤销决定的不同」"
    )


def _differences(s: Situation) -> Iterator[str]:
    facts = s.process.facts
    if facts.get(PLANNED.kinds) is None:
        yield from _unlisted(s)
    else:
        told = penalty_of(facts, PLANNED)
        yield from heavier(penalty_of(s.form, DECIDED), told, s.law.penalties)
    before, now = str(facts.get("penalty_ground") or ""), s.text("penalty_ground")
    if now and _plain(now) != _plain(before):
        yield f"处罚依据为{now}，告知的是{before}"
    yield from _changed_since(s)


def _unlisted(s: Situation) -> Iterator[str]:
    """A notice from the time before kinds were listed: an officer has compared the two."""
    told = penalty_of(s.process.facts, PLANNED)
    decided = penalty_of(s.form, DECIDED)
    if told.fine and decided.fine > told.fine:
        yield f"罚款数额{decided.fine:,.2f}元，告知的是{told.fine:,.2f}元"
    if not s.text("told_check"):
        yield (
            "告知书没有登记处罚种类，请核对告知书原件；确与决定一致的，"
            "填写「与原告知书核对的情况」，不一致的重新告知"
        )


def _changed_since(s: Situation) -> Iterator[str]:
    """The party or the facts are no longer those of the notice."""
    told = s.process.facts.get("told")
    if not isinstance(told, dict):
        return
    now = told_now(s)
    for name, label in TOLD.items():
        if told.get(name) != now[name]:
            yield f"{label}在告知之后有变更"


def told_now(s: Situation) -> dict[str, object]:
    """What a notice of this moment tells beside the penalty: the party and the facts."""
    facts = s.process.facts
    return {
        "party": s.subject.subject_name,
        "facts_found": facts.get("facts_found"),
        "quantities": facts.get("quantities"),
    }


def _plain(text: str) -> str:
    return text.replace("中华人民共和国", "").translate(_DROPPED)
