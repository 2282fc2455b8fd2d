"""What a draft begins with: what the version in force says, or the plan of the year before."""

from collections.abc import Mapping

from domain.shapes.lifecycles import FormField
from flows.door.visible_undertakings import seen_undertaking
from web.request.desk import Desk

KIND, DRAFT, REPLACED = "publication", "draft", "replaces"
TAKE_UP, BASED_ON = "take_up", "based_on"
REPEATED = ("co_departments", "plan")


def next_version(desk: Desk, fields: Mapping[str, FormField]) -> dict[str, object]:
    """The fields as the publication has them that the address names; NotForYou for no such one."""
    number = desk.request.query_params.get(REPLACED, "")
    if not number:
        return {}
    row = seen_undertaking(desk.session, desk.office, desk.actor, number[:40])
    if row.kind != KIND:
        return {}
    told = {name: row.facts[name] for name in fields if row.facts.get(name)}
    return told | {REPLACED: row.no}


def last_plan(desk: Desk) -> dict[str, object]:
    """The rows and partners of the plan that the address names; NotForYou for no such one."""
    number = desk.request.query_params.get(BASED_ON, "")
    if not number:
        return {}
    row = seen_undertaking(desk.session, desk.office, desk.actor, number[:40])
    return {name: row.facts[name] for name in REPEATED if row.kind == KIND and row.facts.get(name)}
