"""Moments in China, written short."""

from datetime import datetime

from domain.limits.limit import SHANGHAI


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def end_of(day: str) -> datetime:
    return at(f"{day}T23:59:59")
