"""Facts of a case held against the criminal thresholds."""

from decimal import Decimal

from domain.effects.change import Change, effect, noted
from domain.screening import ScreeningFacts, screen
from domain.situation import Situation


@effect
def screened_for_crime(s: Situation) -> Change:
    """The facts were measured against the criminal thresholds of the matter, or of those named."""
    given = s.form.get("quantities")
    quantities = (
        {key: Decimal(str(value)) for key, value in given.items()}
        if isinstance(given, dict)
        else {}
    )
    findings = screen(
        ScreeningFacts(
            offences=s.names("screened") or _offences_of_matter(s) or None,
            quantities=quantities,
            offender="unit" if s.text("offender") == "unit" else "individual",
            prior_penalties=s.elsewhere.penalties,
            answers=_answers(s),
        ),
        s.law.offences,
        s.today,
        s.law.quantities,
    )
    rows = [
        {
            "offence": one.offence,
            "outcome": one.outcome,
            "reason": one.reason,
            "met": one.outcome in {"met", "suspicion"},
        }
        for one in findings
        if one.outcome != "not_met"
    ]
    return noted(screening=rows, threshold_met=any(one["met"] for one in rows))


def _offences_of_matter(s: Situation) -> tuple[str, ...]:
    matter = s.law.matters.get(s.subject.matter or "")
    return matter.offences if matter else ()


def _answers(s: Situation) -> dict[str, bool | None]:
    rows = s.form.get("answers")
    known = {"是": True, "否": False}
    if not isinstance(rows, list):
        return {}
    return {
        str(row.get("offence")): known.get(str(row.get("answer")).strip())
        for row in rows
        if isinstance(row, dict)
    }
