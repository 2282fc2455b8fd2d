"""Drugs seized under the drug act: in seven days, or fifteen from the test report, is it decided
whether a case is filed.

药品管理法第一百条第二款 says 行政处理决定; 药品管理法实施条例第五十五条 that this is the decision
on filing.
"""

from domain.guards.registry import condition
from domain.situation.situation import ProcessView, Situation

DRUG_ACT = "药品管理法"
DECIDING = ("accepted", "verifying", "concluded")
"""The states of a clue in which it is still to be decided whether a case is filed."""


@condition
def drugs_are_taken(s: Situation) -> bool:
    """What is taken is taken under the drug act, before a case is filed."""
    return DRUG_ACT in s.text("legal_ground") and _is_undecided(s)


@condition
def drugs_are_held(s: Situation) -> bool:
    """Drugs are held whose test report has come."""
    return bool(_held(s))


@condition
def last_drugs_are_released(s: Situation) -> bool:
    """With this seizure the last drugs of the clue are released."""
    if not _is_undecided(s):
        return False
    return _of_drugs(s.process) and all(one.id == s.process.id for one in _held(s))


def _is_undecided(s: Situation) -> bool:
    clue = s.latest("clue")
    return clue is not None and clue.state in DECIDING


def _held(s: Situation) -> list[ProcessView]:
    return [one for one in s.open_of_kind("measure") if _of_drugs(one)]


def _of_drugs(measure: ProcessView) -> bool:
    return DRUG_ACT in str(measure.facts.get("legal_ground") or "")
