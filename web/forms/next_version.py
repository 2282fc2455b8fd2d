"""What the draft of a next version begins with: what the version in force says."""

from collections.abc import Mapping

from domain.shapes.lifecycles import FormField
from flows.door.visible_undertakings import seen_undertaking
from web.request.desk import Desk

KIND, DRAFT, REPLACED = "publication", "draft", "replaces"


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
