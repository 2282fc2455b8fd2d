"""Guards of the party's name: nobody is proceeded against, told or punished without one."""

from domain.guards.registry import guard
from domain.situation.situation import Situation

DECIDED = {"decided", "served", "enforced", "settled"}
"""States of a case in which a decision, or its end, names somebody."""


@guard
def party_is_known(s: Situation) -> str | None:
    """A case is filed against somebody."""
    if s.subject.subject_name or s.text("subject_name"):
        return None
    return (
        "当事人不明，不符合立案条件（须有明确的当事人）：请先查明，并在本表单的「当事人」中填写；"
        "一时查不明的，请「退回补充核查」"
    )


@guard
def party_is_named(s: Situation) -> str | None:
    """Nothing is told to or decided against a party without a name."""
    if s.subject.subject_name:
        return None
    return "当事人姓名（名称）尚未登记，请先由承办人办理「登记、更正当事人」"


@guard
def decided_party_stays(s: Situation) -> str | None:
    """Whom a decision names is not exchanged afterwards; a missing name may be entered."""
    if s.process.state not in DECIDED or not s.subject.subject_name:
        return None
    return "决定已经作出，不得更换当事人；决定确有错误的，应当依法撤销或者变更后重新办理"
