"""A copy of the site's files, and one fault in it."""

from pathlib import Path


def spoil(root: Path, name: str, old: str, new: str) -> int:
    """Replaces the first occurrence in a file; the line on which it stood."""
    text = (root / name).read_text(encoding="utf-8")
    assert old in text, f"{name} has changed: {old}"
    (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
