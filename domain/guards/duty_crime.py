"""Guards of offences of office: they go to the 监察机关 by a road of their own (310号令19)."""

from domain.guards.registry import guard
from domain.situation.situation import Situation

SUPERVISORY = "supervision"
"""The kind of a 监察机关 in the directory of departments."""
ROAD = "请在线索页另行办理「移送职务犯罪线索」，由机关负责人批准后制发《职务犯罪线索移送函》"


@guard
def offences_are_for_the_police(s: Situation) -> str | None:
    """What is referred to the police contains no offence of office."""
    named = [s.law.offences[one] for one in s.stated("offences") if one in s.law.offences]
    duty = [one.name for one in named if one.duty]
    if not duty:
        return None
    return f"{'、'.join(duty)}属职务犯罪，线索应当移送监察机关，不移送公安机关；{ROAD}"


@guard
def goes_to_supervisory_organ(s: Situation) -> str | None:
    """The clue of an offence of office goes to a 监察机关."""
    found = s.department(s.text("supervisory"))
    if found is not None and found.kind == SUPERVISORY:
        return None
    return (
        "职务犯罪线索应当移送监察机关；部门目录中没有有管辖权的监察委员会的，"
        "请由管理员在「管理·部门」登记"
    )
