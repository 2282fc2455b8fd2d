"""Makers of the form that one action hands to an action on another clue, by name."""

from collections.abc import Callable, Mapping

from domain.shapes.registry import Registry
from domain.situation.situation import Situation

Handover = Callable[[Situation, object], Mapping[str, object]]
handover: Registry[Handover] = Registry()


@handover
def split_off(s: Situation, item: object) -> Mapping[str, object]:
    """A new clue with its own title and content, and the source and parties of the one it left."""
    row = item if isinstance(item, Mapping) else {}
    form: dict[str, object] = {
        "channel": s.subject.channel,
        "place": s.subject.place,
        "subject_name": s.subject.subject_name,
        "subject_code": s.subject.subject_code,
        "subject_phone": s.subject.subject_phone,
        "subject_address": s.subject.subject_address,
        "received_at": s.subject.received_at.isoformat(),
        "title": row.get("title") or s.subject.title,
        "content": row.get("content"),
        "category": row.get("category"),
    }
    return {name: value for name, value in form.items() if value}
