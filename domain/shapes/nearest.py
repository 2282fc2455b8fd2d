"""What somebody may have meant who wrote a name that nothing bears."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str], labels: Mapping[str, str] | None = None) -> str:
    """「，是否应为 X？」 with the name nearest to the one written; empty where none is near.

    `labels`: by name what it is called, as which it may have been written as well.
    """
    called = {label: key for key, label in (labels or {}).items()}
    found = get_close_matches(name, [*known, *called], n=1, cutoff=0.6)
    return f"，是否应为 {called.get(found[0], found[0])}？" if found else ""
