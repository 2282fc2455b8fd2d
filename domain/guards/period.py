"""Guards of an organ's own periods, and of the order of approval and measure."""

from domain.guards.registry import guard, moment_of
from domain.situation.situation import Situation

BY_STATUTE = "cf60"
"""The ninety days of 行政处罚法第六十条, which itself allows no extension."""


@guard
def extension_rests_on_a_rule(s: Situation) -> str | None:
    """An organ whose rules were not seen names the one that lets it extend, and by how much."""
    if all(one.rule != BY_STATUTE for one in s.clocks):
        return None
    missing = [] if s.text("extension_ground") else ["「延期依据」"]
    missing += [] if s.form.get("days") else ["延长天数"]
    if not missing:
        return None
    return (
        "九十日的办案期限，法律、法规、规章另有规定的才可以延长，"
        f"请由批准人填写{'和'.join(missing)}（本机关适用的规章和条款）"
    )


@guard
def hearing_awaits_announcement(s: Situation) -> str | None:
    """An open hearing of a market bureau is announced three working days before it."""
    return None if s.clock("tz22") else "没有待公告的听证"


@guard
def measure_was_approved_before(s: Situation) -> str | None:
    """A measure that was taken before it is entered had its approval before (强制法18(一))."""
    taken, approved = moment_of(s.form.get("taken_at")), moment_of(s.form.get("prior_approved_at"))
    if taken is None:
        return None
    if approved is None or not s.text("prior_approval_no"):
        return (
            "填写了「实施时间」的，须写明「事前批准时间」「事前批准的审批表文号」：采取措施之前应当经负责人批准；"
            "现在批准、现在实施的，实施时间不填；情况紧急、当场采取的，由承办人办理"
            "「当场查封扣押」「当场先行登记保存」，再补办批准"
        )
    if approved <= taken:
        return None
    return (
        "「事前批准时间」晚于「实施时间」，不是事前批准；情况紧急、当场采取的，由承办人办理"
        "「当场查封扣押」「当场先行登记保存」，再补办批准"
    )
