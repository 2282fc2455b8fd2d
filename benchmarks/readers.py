"""Several people who read pages at once, each with a pause between two; timed where they sit."""

import random
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlsplit

from benchmarks.workbenches import Bench
from web.request.desk import COOKIE

READERS = 8
PAUSE = 0.5
"""Seconds for which a reader looks at a page before he asks for the next."""
TIMEOUT = 20


@dataclass(frozen=True)
class Sheet:
    """A page that is read: who reads it, and within how many milliseconds it is to be there."""

    title: str
    chair: str
    path: str
    aim: float


@dataclass
class Reading:
    """What the pages took, in milliseconds by title, and what was answered instead of a page."""

    took: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def read(
    bench: Bench, sheets: Sequence[Sheet], rounds: int, pause: float = PAUSE, readers: int = READERS
) -> Reading:
    """Each reader reads all pages so many times, in an order of his own."""
    found = Reading({one.title: [] for one in sheets})
    people = [
        threading.Thread(target=_reads, args=(bench, list(sheets) * rounds, (pause, number), found))
        for number in range(readers)
    ]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return found


def _reads(bench: Bench, sheets: list[Sheet], way: tuple[float, int], found: Reading) -> None:
    pause, number = way
    random.Random(number).shuffle(sheets)
    place = urlsplit(bench.address)
    line = HTTPConnection(place.hostname or "", place.port, timeout=TIMEOUT)
    time.sleep(pause * number / READERS)
    for one in sheets:
        began = time.perf_counter()
        try:
            line.request("GET", one.path, headers=_headers(bench.tokens, one.chair))
            answer = line.getresponse()
            answer.read()
            if answer.status >= 400:
                found.errors.append(f"{one.title}: {answer.status}")
        except OSError:
            line.close()  # the next request opens another
            found.errors.append(f"{one.title}: none in {TIMEOUT} s")
        found.took[one.title].append((time.perf_counter() - began) * 1000)
        time.sleep(pause)
    line.close()


def _headers(tokens: Mapping[str, str], chair: str) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={tokens[chair]}", "Accept-Encoding": "gzip"}
