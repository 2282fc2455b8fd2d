"""Addressees of a document, and who gets a copy."""

from collections.abc import Callable, Mapping

from documents.facts.paper import Paper
from domain.shapes.entries import Department
from domain.shapes.once_a_table import once_a_table
from domain.situation.jurisdiction import common_superior, coordinators, governments

Finder = Callable[[Paper], list[str]]


def addressees(paper: Paper) -> dict[str, object]:
    """主送机关 and 抄送机关 of a document, by full name."""
    to, copy = MAIN.get(paper.kind), COPIES.get(paper.kind)
    return {
        "主送机关": _full_names(paper, to(paper)) if to else None,
        "抄送机关": _full_names(paper, copy(paper)) if copy else None,
    }


def _full_names(paper: Paper, departments: list[str]) -> list[str]:
    known = paper.rules.departments
    found = [known[one] for one in dict.fromkeys(departments) if one in known]
    if paper.kind in TO_GOVERNMENT:
        return [one.name.removesuffix("办公室") for one in found]
    return [one.name for one in found]


def _from_form(name: str) -> Finder:
    return lambda paper: [str(paper.form.get(name) or "")]


def _cooperating(paper: Paper) -> list[str]:
    named = paper.form.get("cooperating")
    return [str(one) for one in named] if isinstance(named, list) else []


def _asking(paper: Paper) -> list[str]:
    """Who handed the clue to the organ that writes: never the organ itself."""
    clue, own = paper.situation.subject, paper.situation.actor.department
    came_with = paper.handed_over_with()
    known = (came_with.by if came_with else "", clue.sender, clue.desk)
    return [one for one in known if one and one != own][:1]


def _desk(paper: Paper) -> list[str]:
    return [paper.situation.subject.desk]


def _holder(paper: Paper) -> list[str]:
    return [paper.situation.process.department]


def _counterpart(paper: Paper) -> list[str]:
    return [paper.situation.process.counterpart or ""]


def _both(paper: Paper) -> list[str]:
    return _holder(paper) + _counterpart(paper)


def _circulated(paper: Paper) -> list[str]:
    named = paper.situation.process.facts.get("addressees")
    return [str(one) for one in named] if isinstance(named, list | tuple) else []


def _of_kind(kind: str) -> Finder:
    def found(paper: Paper) -> list[str]:
        own = paper.rules.departments[paper.situation.actor.department]
        return _by_kind_and_area(paper.rules.departments).get((kind, own.area), [])

    return found


@once_a_table
def _by_kind_and_area(
    departments: Mapping[str, Department],
) -> Mapping[tuple[str, str], list[str]]:
    """The departments that are not closed."""
    found: dict[tuple[str, str], list[str]] = {}
    for key, one in departments.items():
        if not one.closed:
            found.setdefault((one.kind, one.area), []).append(key)
    return found


def _other_justice(paper: Paper) -> list[str]:
    """The organs of justice, the one that issues left out."""
    own = paper.situation.actor.department
    return [one for one in _of_kind("justice")(paper) if one != own]


def _own(paper: Paper) -> list[str]:
    return [paper.situation.actor.department]


def _arbiter(paper: Paper) -> list[str]:
    return [common_superior(paper.situation) or ""]


def _coordinator(paper: Paper) -> list[str]:
    return list(coordinators(paper.situation)[:1])


def _government(paper: Paper) -> list[str]:
    return list(governments(paper.situation)[:1])


def _partners(paper: Paper) -> list[str]:
    named = paper.situation.process.facts.get("co_departments")
    return [str(one) for one in named] if isinstance(named, list | tuple) else []


def _named(name: str) -> Finder:
    def found(paper: Paper) -> list[str]:
        named = paper.form.get(name)
        return [str(one) for one in named] if isinstance(named, list | tuple) else []

    return found


MAIN: Mapping[str, Finder] = {
    "risk_warning_notice": _named("addressees"),
    "measure_request": _named("departments"),
    "opinion_request": _partners,
    "circular": _circulated,
    "duty_crime_letter": _counterpart,
    "dispatch_slip": _from_form("lead"),
    "transfer_letter": _from_form("lead"),
    "return_letter": _asking,
    "dispute_letter": _from_form("opponent"),
    "jurisdiction_designation": _both,
    "coordination_request": _coordinator,
    "coordination_opinion": _both,
    "jurisdiction_proposal": _government,
    "jurisdiction_decision": _both,
    "joint_verification_notice": _cooperating,
    "verification_report": _asking,
    "crime_transfer": _counterpart,
    "reconsideration_request": _counterpart,
    "filing_supervision_proposal": _of_kind("procuratorate"),
    "opinion_reply": _of_kind("procuratorate"),
    "extension_request": _desk,
    "designation_request": _arbiter,
    "assistance_letter": _from_form("to_department"),
    "help_request": _from_form("to_department"),
    "consultation_letter": _from_form("to_department"),
    "situation_report": _from_form("to_department"),
    "request_reply": _counterpart,
    "urging_notice": _from_form("to_department"),
    "supervision_order": _from_form("to_department"),
    "supervision_opinion": _holder,
    "supervision_decision": _holder,
    "result_reply": _desk,
    "interim_reply": _desk,
}
COPIES: Mapping[str, Finder] = {
    "crime_transfer": _of_kind("procuratorate"),
    "reconsideration_request": _of_kind("procuratorate"),
    "filing_supervision_proposal": _counterpart,
    "supervision_decision": _own,
    "dispute_letter": _other_justice,
    "jurisdiction_designation": _other_justice,
    "jurisdiction_decision": _other_justice,
    "jurisdiction_proposal": _both,
}
TO_GOVERNMENT = frozenset({"designation_request", "jurisdiction_proposal"})
"""Papers for a government itself, which its office receives."""
