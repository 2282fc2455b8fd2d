"""How much a run measures: the whole of it, or little enough for a test."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """Sizes of one run; a ratio needs rounds, a memory curve needs rows.

    `steps`: steps per round and kind. `dates`: due dates per round. `due` clocks of each round
    are swept among `few` and among `many` open ones; so are entries of doors.
    `rows`: work orders imported. `clues`: among so many, and among `few`, a new one is compared.
    Pages are asked for so many `seconds` on end, with `open` clues and few or many closed ones.
    A draw has so many `objects`. Of a crowd each person asks for so many pages, among so many
    clues; so many clicks are made in quiet, and the others while so many rows are imported.
    Follow-ups are those of so many clues' `letters`. Behind the pages that several people read at
    once lie so many `great_` numbers of clues; each of them `reads` all pages so often.
    On top of them so many `more` rows are imported.
    """

    rounds: int = 25
    steps: int = 4
    copies: int = 20
    dates: int = 500
    sweeps: int = 7
    due: int = 1_000
    few: int = 10_000
    many: int = 1_000_000
    rows: int = 20_000
    clues: int = 100_000
    postgresql: bool = True
    open: int = 10_000
    closed_few: int = 10_000
    closed_many: int = 100_000
    web_rounds: int = 3
    seconds: int = 1
    objects: int = 100_000
    crowd_clues: int = 50
    crowd_pages: int = 6
    crowd_rounds: int = 3
    crowd_clicks: int = 40
    crowd_rows: int = 300
    letters: int = 1_200
    draw_rounds: int = 5
    great_open: int = 1_000
    great_closed: int = 19_000
    reads: int = 8
    more: int = 4_000


USUAL = Effort()
FULL = Effort(rows=100_000, clues=1_000_000, great_open=50_000, great_closed=950_000)
