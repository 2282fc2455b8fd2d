"""The list of undertakings of one kind, as each of their pages shows it."""

from collections.abc import Mapping
from typing import Any

from flows.lists.undertaking_list import counts, undertakings
from web.request.desk import Desk


def rows_of(
    desk: Desk, kind: str, tabs: Mapping[str, str], view: str, before: int
) -> dict[str, Any]:
    """What the list's template shows: lines, tabs with numbers, the address of older ones.

    `tabs`: the label of each view; one that is not among them is the first that has something.
    `before`: the number of the last line on the page before, 0 on the first. `may_begin`: whether
    the person may begin another one.
    """
    numbers = counts(desk.session, desk.viewer, kind)
    shown = view if view in tabs else next((one for one in tabs if numbers[one]), "all")
    found = undertakings(desk.session, desk.viewer, kind, shown, before)
    actions = desk.office.rules.lifecycles[kind].actions.values()
    begun_by = {role for one in actions if "none" in one.from_ for role in one.by}
    return {
        "lines": found.lines,
        "view": shown,
        "tabs": [(key, label, numbers[key]) for key, label in tabs.items()],
        "older": f"/{kind}s?view={shown}&before={found.older}" if found.older else "",
        "may_begin": bool(begun_by & desk.actor.roles),
    }
