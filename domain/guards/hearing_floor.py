"""Guards of the fine from which a hearing has to be offered, by market rules or by local ones."""

from decimal import Decimal

from domain.files.identifiers import credit_code_fault
from domain.guards.conditions import lead_is_market
from domain.guards.registry import guard
from domain.situation.situation import Situation

SOLE_TRADER = "92"
"""How the credit code of an individual business begins; it is fined as a natural person is."""


@guard
def market_fine_offers_hearing(s: Situation) -> str | None:
    """A market regulator's fine from the floor on needs a notice that offers a hearing."""
    return _objection(s) if lead_is_market(s) else None


@guard
def other_fine_offers_hearing(s: Situation) -> str | None:
    """So does another organ's, from the floor that the site itself has set."""
    return None if lead_is_market(s) else _objection(s)


def hearing_floor(s: Situation) -> Decimal:
    """The fine in yuan from which this party has to be offered a hearing, as in force today.

    Units have a higher floor than natural persons and individual businesses (听证办法第五条).
    """
    name = "hearing_floor_unit" if _is_unit(s) else "hearing_floor_person"
    return s.law.parameters[name].in_force(s.today)


def _objection(s: Situation) -> str | None:
    fine, floor = _fine(s), hearing_floor(s)
    offered = s.text("notice_right") or s.process.facts.get("notice_right")
    if fine is None or fine < floor or offered == "hearing":
        return None
    party = "法人或者其他组织" if _is_unit(s) else "自然人（含个体工商户）"
    return (
        f"对{party}罚款{floor:,.0f}元以上的，应当告知要求听证的权利；拟罚款{fine:,.2f}元，"
        "请在处罚告知书中告知听证权"
    )


def _fine(s: Situation) -> Decimal | None:
    given = s.form.get("fine") or s.form.get("planned_fine")
    return None if given is None else Decimal(str(given))


def _is_unit(s: Situation) -> bool:
    """Whether the party is a legal person or another organisation."""
    if s.process.facts.get("offender") == "unit":
        return True
    code = s.subject.subject_code
    if code and credit_code_fault(code) is None:
        return not code.startswith(SOLE_TRADER)
    return s.subject.subject_name.endswith("公司")
