"""Words and addresses of the supervisor's pages."""

from collections.abc import Mapping
from urllib.parse import urlencode

from domain.limits.board_stages import BY_ID
from domain.limits.lights import GREEN, GREY, RED, YELLOW, Light
from flows.watch.board_details import Narrow

LIGHTS: Mapping[str, Light] = {one.colour: one for one in (RED, YELLOW, GREEN, GREY)}


def stage_label(stage: str) -> str:
    """A stage by its name; nothing for none."""
    return BY_ID[stage].label if stage in BY_ID else ""


def filter_query(narrow: Narrow, after: str = "") -> str:
    """What a list of limits is narrowed to, as an address tells it."""
    told = {
        "department": narrow.department,
        "stage": narrow.stage,
        "light": narrow.light,
        "after": after,
    }
    return urlencode({key: value for key, value in told.items() if value})
