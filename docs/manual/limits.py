"""`python -m docs.manual.limits [DAY]`: the manual's tables of limits as the rulebook has them."""

import sys
from datetime import date

from domain.rulebook.rulebook_reading import load_rulebook
from flows.upkeep.manual import CHAPTERS, MANUAL, with_limits


def main(day: date) -> None:
    """Writes every chapter's table for a day."""
    rules = load_rulebook()
    for chapter in CHAPTERS:
        file = MANUAL / f"{chapter.slug}.md"
        text = file.read_text(encoding="utf-8")
        file.write_text(with_limits(text, chapter, rules, day), encoding="utf-8")


if __name__ == "__main__":
    main(date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else date.today())  # noqa: DTZ011
