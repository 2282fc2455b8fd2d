"""Makers of the form that one action hands to an action on another clue."""

from collections.abc import Callable, Mapping

from domain.registry import Registry
from domain.situation import Situation

Handover = Callable[[Situation, object], Mapping[str, object]]
handover: Registry[Handover] = Registry()


@handover
def split_off(s: Situation, item: object) -> Mapping[str, object]:
    """A new clue with its own title and content, and the source and parties of the one it left."""
    row = item if isinstance(item, Mapping) else {}
    kept = ("place", "subject_name", "subject_code", "subject_phone", "subject_address")
    form: dict[str, object] = {name: s.process.facts.get(name) for name in kept}
    form |= {
        "channel": s.subject.channel,
        "received_at": s.subject.received_at.isoformat(),
        "title": row.get("title") or s.subject.title,
        "content": row.get("content"),
        "category": row.get("category"),
    }
    return {name: value for name, value in form.items() if value}
