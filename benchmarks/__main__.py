"""`python -m benchmarks [NAME…] [--full]`: measures, prints and writes the README's sections."""

import argparse
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import (
    candidates,
    caps,
    documents,
    documents_mixed,
    draws,
    dues,
    follow_ups,
    frames,
    intake,
    million,
    people,
    routing,
    steps,
    sweep,
    warnings,
    web,
)
from benchmarks.effort import FULL, USUAL, Effort
from benchmarks.report import write_section

BENCHMARKS: Mapping[str, tuple[str, Callable[[Effort, Path], str]]] = {
    "steps": (steps.TITLE, steps.measure),
    "documents": (documents.TITLE, documents.measure),
    "documents-mixed": (documents_mixed.TITLE, documents_mixed.measure),
    "dues": (dues.TITLE, dues.measure),
    "draws": (draws.TITLE, draws.measure),
    "frames": (frames.TITLE, frames.measure),
    "caps": (caps.TITLE, caps.measure),
    "routing": (routing.TITLE, routing.measure),
    "candidates": (candidates.TITLE, candidates.measure),
    "follow-ups": (follow_ups.TITLE, follow_ups.measure),
    "sweep": (sweep.TITLE, sweep.measure),
    "warnings": (warnings.TITLE, warnings.measure),
    "intake": (intake.TITLE, intake.measure),
    "people": (people.TITLE, people.measure),
    "million": (million.TITLE, million.measure),
    "web": (web.TITLE, web.measure),
}


def main() -> None:
    """Runs the named benchmarks, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", help="、".join(BENCHMARKS), default=[])
    parser.add_argument(
        "--full", action="store_true", help="import 100,000 rows, not 20,000; fill 1,000,000 clues"
    )
    asked = parser.parse_args()
    unknown = set(asked.name) - set(BENCHMARKS)
    if unknown:
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; known: {', '.join(BENCHMARKS)}")
    for name in asked.name or BENCHMARKS:
        title, measure = BENCHMARKS[name]
        started = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="yisong-bench-") as folder:
            body = measure(FULL if asked.full else USUAL, Path(folder))
        write_section(name, title, body)
        print(f"## {title} ({time.perf_counter() - started:.0f} s)\n\n{body}")


if __name__ == "__main__":
    main()
