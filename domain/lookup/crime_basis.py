"""The criminal law that a referral rests on: an article for each of the offences it names."""

from domain.lookup.legal_basis import Offer, written
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import Situation

FIELD = "crime_ground"
"""The field of a referral's report that states what it rests on."""


def crime_offers(s: Situation, rules: Rulebook, fields: dict[str, str]) -> tuple[Offer, ...]:
    """The articles of the offences that a referral names, where its form states a basis."""
    return tuple(
        Offer(
            FIELD,
            written(rules, article),
            _says(charge, rules.citations[article].says),
            rules.citations[article].evidence == "text",
        )
        for article, charge in (_named(s, rules).items() if FIELD in fields else ())
    )


def charges_without_article(
    s: Situation, rules: Rulebook, fields: dict[str, str]
) -> tuple[str, ...]:
    """Offences whose article the basis does not name: the police read it as a mistake."""
    text = s.text(FIELD)
    if FIELD not in fields or not text:
        return ()
    return tuple(
        f"「{fields[FIELD]}」没有写明{charge}的条文（{written(rules, article)}）"
        for article, charge in _named(s, rules).items()
        if rules.citations[article].article not in text
    )


def _says(charge: str, says: str) -> str:
    """What the article says, after the offence where its own words do not begin with it."""
    return says if says.startswith(charge) else f"{charge}。{says}"


def _named(s: Situation, rules: Rulebook) -> dict[str, str]:
    """The articles of the offences that the form names, each with what it charges."""
    known = (rules.offences[one] for one in s.stated("offences") if one in rules.offences)
    found: dict[str, list[str]] = {}
    for one in known:
        found.setdefault(one.article, []).append(one.charge)
    return {article: "、".join(charges) for article, charges in found.items()}
