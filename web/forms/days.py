"""A day as it stands in an address or a form."""

from datetime import date


def day_or_none(text: str) -> date | None:
    """The day that is written (2026-11-22); none where none is."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
