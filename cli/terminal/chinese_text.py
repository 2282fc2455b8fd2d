"""Chinese on a narrow screen: broken between characters, no sentence cut off at the edge."""

import re
from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.containers import Lines
from rich.text import Text

TOKEN = re.compile(r"[!-~]+|.", re.DOTALL)
"""What stays together: a word or option in Latin letters, or one character."""
NEVER_FIRST = frozenset("，。；：、！？）」』》…,.;:!?)]")
NEVER_LAST = frozenset("（「『《([")


class ChineseText(Text):
    """A text that wraps between its characters, as Chinese is set; nothing of it is left out."""

    def wrap(self, console: Console, width: int, **how: Any) -> Lines:
        """The lines of at most that many cells; how else they are asked for does not matter."""
        lines = Lines()
        for line in self.split("\n", allow_blank=True):
            lines.extend(line.divide(list(breaks(line.plain, width))))
        for one in lines:
            one.rstrip()
        return lines


def as_chinese(text: Text) -> ChineseText:
    """The same text with its styles, set as Chinese."""
    found = ChineseText(style=text.style)
    found.append_text(text)
    return found


def breaks(text: str, width: int) -> Iterator[int]:
    """Where lines of at most `width` cells begin after the first, by place in the text."""
    start, allowed, before = 0, 0, ""
    for found in TOKEN.finditer(text):
        token, place = found[0], found.start()
        if token != " " and token[0] not in NEVER_FIRST and before not in NEVER_LAST:
            allowed = place
        if token != " " and cell_len(text[start : found.end()]) > width:
            if allowed > start:
                yield allowed
                start = allowed
            for cut in _cuts(text, start, found.end(), width):
                yield cut
                start = cut
        before = token[-1]


def _cuts(text: str, start: int, end: int, width: int) -> Iterator[int]:
    """Where a stretch that fits on no line by itself is cut."""
    for place in range(start + 1, end):
        if cell_len(text[start : place + 1]) > width:
            yield place
            start = place
