"""Guards of what an organ may impose while police, procuratorate or court have the crime."""

from domain.crime.decisions import filing_is_ordered, has_it
from domain.guards.registry import guard
from domain.situation.situation import Situation

QUALIFYING = ("warning", "business_suspended", "licence_suspended", "licence_revoked")
"""Kinds that may be imposed while a court has not judged (310号令第十一条第二款)."""


@guard
def justice_has_it(s: Situation) -> str | None:
    """Only while the police have a case is there need of a penalty beside them."""
    return None if has_it(s) else "案件不在司法机关办理中，请按普通程序办理"


@guard
def fine_waits_for_justice(s: Situation) -> str | None:
    """While justice has a case only its qualification is dealt with; money waits.

    So it does once the procuratorate has told the police to file what they had refused.
    """
    ordered = filing_is_ordered(s)
    if not ordered and not (s.process.facts.get("licence_only") and has_it(s)):
        return None
    kinds = s.names("penalty_kinds") or s.names("planned_kinds")
    money = [s.law.penalties[one].label for one in kinds if one not in QUALIFYING]
    if not money:
        return None
    if ordered:
        return (
            f"人民检察院已通知公安机关立案（{ordered}），不得以行政处罚代替移送：公安机关立案、司法机关处理完毕之前"
            f"只能给予警告、责令停产停业、暂扣或者吊销许可证件，{'、'.join(money)}待处理后再依法决定；"
            "公安机关逾期不立案的，商请人民检察院继续监督"
        )
    return (
        f"案件已移送公安机关，司法机关尚未处理完毕，现在只能给予警告、责令停产停业、"
        f"暂扣或者吊销许可证件；{'、'.join(money)}待司法机关处理后再依法决定"
    )
