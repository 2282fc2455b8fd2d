"""The problems that a route may answer with, as the OpenAPI file lists them."""

from typing import Any

from web.api.problems import KINDS, MEDIA, Problem

HEADERS: dict[int, dict[str, Any]] = {
    429: {"Retry-After": {"description": "多少秒后再试", "schema": {"type": "string"}}},
}


def says(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems of a route by status; a fault of the program itself may always happen."""
    return {one: _says(one) for one in sorted({*statuses, 500})}


def _says(status: int) -> dict[str, Any]:
    titles = [title for found, title in KINDS.values() if found == status]
    return {
        "description": "；".join(titles),
        "content": {MEDIA: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}},
        **({"headers": HEADERS[status]} if status in HEADERS else {}),
    }
