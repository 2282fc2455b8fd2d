"""Guards of whose matter it is: disputes, and clues and cases that belong to another organ."""

from collections.abc import Iterable

from domain.guards.crime import no_crime_is_left_unreferred
from domain.guards.registry import condition, guard
from domain.situation.jurisdiction import (
    SAME_SYSTEM,
    belongs_to_one_system,
    common_superior,
    coordinators,
    route_of,
)
from domain.situation.situation import ProcessView, Situation

MARKET = "market"
NAMELESS = "匿名"
"""How a reporter is shown who left neither name nor number."""


# --- disputes ------------------------------------------------------------------------------------


@guard
def route_fits_the_sides(s: Situation) -> str | None:
    """Bureaus of one system turn to their common bureau, all others to coordination."""
    one_system = belongs_to_one_system(s, s.text("opponent"))
    chosen = s.text("route") == SAME_SYSTEM
    if one_system and not chosen:
        return "双方属于同一系统，由共同的上级主管部门指定，争议类别请选择「同一系统内管辖争议」"
    if chosen and not one_system:
        return "双方不属于同一系统，争议类别请选择「行政执法管辖争议」或者「职责分工不明」"
    return None


@guard
def dispute_can_be_coordinated(s: Situation) -> str | None:
    """Within one system nobody coordinates; elsewhere the area has its organ for it."""
    if route_of(s) == SAME_SYSTEM:
        return "同一系统内的管辖争议由共同的上级主管部门指定，请办理「报请指定管辖」"
    if coordinators(s):
        return None
    return (
        "部门目录中没有协调此类争议的机关（司法行政部门或者机构编制部门），"
        "请由管理员在「管理·部门」登记，或者办理「报请指定管辖」"
    )


@guard
def has_common_superior(s: Situation) -> str | None:
    """Only the common superior designates: the directory has to name it."""
    if common_superior(s):
        return None
    return "部门目录中没有争议双方共同的上一级机关，请由管理员在「管理·部门」登记双方的上级机关"


@condition
def both_sides_are_market(s: Situation) -> bool:
    """Two bureaus of market regulation dispute, bound by the days of their own procedure."""
    sides = (s.process.department, s.process.counterpart or s.text("opponent"))
    found = [s.department(one) for one in sides]
    return all(one is not None and one.function == MARKET for one in found)


@condition
def talks_day_is_stated(s: Situation) -> bool:
    """The letter states until when to negotiate, where no law does."""
    return bool(s.text("talks_until")) and not both_sides_are_market(s)


@condition
def coordination_day_is_stated(s: Situation) -> bool:
    """The request states until when an opinion is asked for."""
    return bool(s.text("coordination_until"))


@condition
def lead_has_case(s: Situation) -> bool:
    """Who is to lead has already filed the case, which goes on."""
    return any(case.department == s.text("lead") for case in s.open_of_kind("case"))


@condition
def lead_has_no_case(s: Situation) -> bool:
    """Who is to lead starts by signing for the clue."""
    return not lead_has_case(s)


@guard
def crime_stays_with_its_finder(s: Situation) -> str | None:
    """The parties to a dispute agree on another lead only after the referral was decided on."""
    main = s.latest("clue")
    if main is None or s.text("lead") == main.department:
        return None
    found = no_crime_is_left_unreferred(s)
    if found is None:
        return None
    return f"{found}；现在可以商定仍由{_name_of(s, main.department)}主办，由其先决定移送与否"


def _name_of(s: Situation, department: str) -> str:
    found = s.department(department)
    return found.name if found else department


# --- what belongs to another organ ----------------------------------------------------------------


def _undecided(s: Situation) -> list[ProcessView]:
    states = s.law.lifecycles["case"].actions["transfer_away"].from_
    return [case for case in s.open_of_kind("case") if case.state in states]


@guard
def case_is_undecided(s: Situation) -> str | None:
    """A case is handed to another organ before its decision, not after."""
    if len(_undecided(s)) == len(s.open_of_kind("case")):
        return None
    return "案件已经作出决定、已经移送公安机关或者已经转结案，不能再移送其他部门或者提出管辖异议"


HELD = {"preserved": "登记保存", "seized": "查封扣押"}
"""What an organ may hold, as its case or its measure records it."""


def _held(holders: Iterable[ProcessView]) -> list[str]:
    facts = [one.facts for one in holders]
    return [label for name, label in HELD.items() if any(one.get(name) for one in facts)]


@guard
def case_holds_nothing(s: Situation) -> str | None:
    """A measure ends with the power to take it: the other organ takes its own.

    The measures of the case and those beside it alike (行政强制法第二十五条、第二十八条).
    """
    held = _held((*_undecided(s), *s.open_of_kind("measure")))
    if not held:
        return None
    return (
        f"尚有{'、'.join(held)}的物品，移送前请先处理、解除；"
        "需要继续采取措施的，由受移送部门依法另行决定"
    )


@guard
def finding_is_own_matter(s: Situation) -> str | None:
    """What belongs to another department is transferred to it, and never ends as 不予立案."""
    if s.process.facts.get("finding") != "elsewhere":
        return None
    way = "「移送其他部门」"
    if s.process.facts.get("transferred_in"):
        way = "「提出管辖异议」，报请共同的上一级机关指定"
    return f"核查结论为属其他部门职责，不得以不予立案、联合治理结束，请办理{way}"


@guard
def bound_matter_is_own(s: Situation) -> str | None:
    """Who was assigned a matter does not find that it is somebody else's."""
    if s.text("finding") == "elsewhere" and s.subject.binding:
        return "本线索经指定（商定）管辖，由本部门办理，核查结论不能为「属其他部门职责」"
    return None


def _handed_on(s: Situation) -> list[ProcessView]:
    return [case for case in _undecided(s) if case.department != s.text("lead")]


@condition
def has_case_to_hand_on(s: Situation) -> bool:
    """An undecided case ends with its organ, for another one has the matter now."""
    cases = _handed_on(s)
    return bool(cases) and not _held(cases)


@condition
def has_case_with_goods_held(s: Situation) -> bool:
    """The same of a case that holds goods: they are released before it ends."""
    return bool(_held(_handed_on(s)))


@condition
def own_organ_transfers(s: Situation) -> bool:
    """The organ of the case hands it on itself, and no superior has it taken away."""
    return s.process.department == s.actor.department


@condition
def reporter_is_known(s: Situation) -> bool:
    """Somebody reported it by name, and is told where it went."""
    return bool(s.clue and s.clue.reporter and s.clue.reporter != NAMELESS)
