"""Screening answered for a case of another matter than the usual one: nothing criminal in it."""

from flows.site.office import Office


def no_crime(office: Office, matter: str) -> list[dict[str, str]]:
    """No to every question of screening that this matter and the usual clue's ask."""
    matters = office.rules.matters
    return [
        {"offence": key, "tier": name, "answer": "否"}
        for key in {*matters[matter].offences, *matters["food_sales"].offences}
        for name, tier in office.rules.offences[key].tiers.items()
        if tier.question
    ]
