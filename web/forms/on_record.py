"""What a form can begin with because the record knows it: the party, the officers, the goods."""

from collections.abc import Callable, Iterable, Mapping

from domain.penalties.case_review import ANSWERS, rows_of
from domain.shapes.lifecycles import FormField
from domain.situation.situation import ProcessView, Situation

RECORDED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "case_officers": (("case", "case_officers"),),
    "officers": (("case", "case_officers"),),
    "measure_officers": (("case", "case_officers"),),
    "cause": (("case", "cause"),),
    "offence_ended_on": (("case", "offence_ended_on"),),
    "offender": (("case", "offender"),),
    "legal_person": (("case", "legal_person"), ("clue", "legal_person")),
    "licence": (("case", "licence"), ("clue", "licence")),
    "offences": (("case", "screened"),),
    "crime_facts": (("case", "facts_found"),),
    "crime_evidence": (("case", "evidence"), ("clue", "evidence")),
    "evidence": (("clue", "evidence"),),
    "handed_goods": (("referral", "goods"),),
    "servers": (("case", "case_officers"),),
    "recipient": (("case", "service_receiver"),),
    "service_place": (("case", "service_address"),),
}
"""Where the record keeps what a field asks for: kinds of process and their facts, the first first.

A reason or an opinion is never among them: it is written anew each time.
"""
GOODS = {"seized_goods": ("case", "measure"), "preserved_goods": ("case", "measure")}


def on_record(
    fields: Mapping[str, FormField], situation: Situation, shows: Callable[[str, int], bool]
) -> dict[str, object]:
    """The values by field that the record holds; `shows`: whether a process is the person's to see.

    Only fields that can be left or corrected are filled; nothing is for a clue not yet registered.
    """
    if situation.clue is None:
        return {}
    seen = [one for one in situation.processes if shows(one.kind, one.id)]
    found = _party(situation) | {
        name: value for name in fields if (value := _recorded(name, seen)) not in (None, "", [])
    }
    if "goods" in fields and (goods := list(_goods(fields["goods"], seen))):
        found["goods"] = goods
    if ANSWERS in fields:
        found[ANSWERS] = rows_of(situation)
    if "offences" in fields and "offences" not in found and (met := _met_offences(seen)):
        found["offences"] = met
    if "suspect" in fields and (suspect := _suspect(situation)):
        found["suspect"] = suspect
    return {name: value for name, value in found.items() if name in fields and value}


def _party(s: Situation) -> dict[str, object]:
    """The party and the place as the clue has them."""
    return {
        "subject_name": s.subject.subject_name,
        "subject_code": s.subject.subject_code,
        "subject_phone": s.subject.subject_phone,
        "subject_address": s.subject.subject_address,
        "service_place": s.subject.subject_address,
        "place": s.subject.place,
        "matter": s.subject.matter,
    }


def _recorded(name: str, seen: Iterable[ProcessView]) -> object:
    for kind, fact in RECORDED.get(name, ()):
        told = [one.facts.get(fact) for one in seen if one.kind == kind and one.facts.get(fact)]
        if told:
            return told[-1]
    return None


def _met_offences(seen: Iterable[ProcessView]) -> list[str]:
    """The offences that the figures of the newest case meet by a threshold that was read."""
    cases = [one for one in seen if one.kind == "case"]
    rows = cases[-1].facts.get("screening") if cases else None
    if not isinstance(rows, list):
        return []
    return [row["offence"] for row in rows if row.get("met") and row.get("refuses")]


def _goods(field: FormField, seen: Iterable[ProcessView]) -> Iterable[dict[str, object]]:
    """What was seized or preserved, in the columns of the form."""
    for one in seen:
        for name, kinds in GOODS.items():
            rows = one.facts.get(name) if one.kind in kinds else None
            for row in rows if isinstance(rows, list) else []:
                yield {column: row.get(column, "") for column in field.columns}


def _suspect(s: Situation) -> str:
    """The party in a line, to be completed."""
    told = (
        ("", s.subject.subject_name),
        ("证件号码", s.subject.subject_code),
        ("住所", s.subject.subject_address),
        ("电话", s.subject.subject_phone),
    )
    if not s.subject.subject_name:
        return ""
    return "，".join(f"{label}{text}" for label, text in told if text)
