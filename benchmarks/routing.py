"""Messages routed, against looking for every word of the dictionaries in turn."""

from pathlib import Path

from benchmarks.effort import Effort
from benchmarks.report import spread, table
from benchmarks.rounds import Stopwatch, race
from domain.routing.routing import RoutingText, route
from domain.rulebook.rulebook_reading import load_rulebook

TITLE = "Routing"
OURS, FLOOR = "ours, department and reason", "every word looked for in turn"
SHORT, LONG = 200, 2000
SENTENCE = "小区物业费涨价，停车位也乱收费，投诉没人管。"


def measure(effort: Effort, folder: Path) -> str:
    """The section on routing: one short message and one ten times as long."""
    sections = [_section(effort, length) for length in (SHORT, LONG)]
    return "\n".join(sections)


def _section(effort: Effort, length: int) -> str:
    rules = load_rulebook()
    index = rules.routing
    words = {w for one in (*rules.matters.values(), *rules.duties.values()) for w in _words(one)}
    content = (SENTENCE * (length // len(SENTENCE) + 1))[:length]
    text = RoutingText("反映物业乱收费", content)

    def ours(watch: Stopwatch) -> None:
        with watch.lap():
            route(text, index, "shili", "shili-hotline")

    def floor(watch: Stopwatch) -> None:
        with watch.lap():
            [one for one in words if one in content]

    contest = race({OURS: ours, FLOOR: floor}, effort.draw_rounds)
    times = spread(contest.ratio(OURS, FLOOR, "cpu"))
    return (
        f"### {length:,} characters\n\n{table(contest, OURS)}\n"
        f"- A message is routed in {times} times as long as its words are looked for.\n"
    )


def _words(one: object) -> tuple[str, ...]:
    return tuple(getattr(one, "keywords", ())) + tuple(getattr(one, "words", ()))
