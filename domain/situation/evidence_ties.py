"""What a file is evidence of within its clue: one department's opinion, or goods on a list."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.shapes.lifecycles import Lifecycle
from domain.situation.situation import ProcessView

OPINION = "part"
NAME, AMOUNT = "名称", "数量"
"""The columns by which a list of goods is told from one of papers."""


@dataclass(frozen=True)
class Tie:
    """A process of the clue, and the goods on its list by their name (empty for an opinion).

    `listed`: what the list is called.
    """

    process: ProcessView
    goods: str = ""
    listed: str = ""

    @property
    def key(self) -> str:
        """How forms and commands name it."""
        return f"{self.process.id}/{self.goods}" if self.goods else str(self.process.id)


def possible_ties(
    processes: Iterable[ProcessView], lifecycles: Mapping[str, Lifecycle], department: str
) -> tuple[Tie, ...]:
    """What a file of the department may be tied to: its own opinions, and goods it listed."""
    found = (
        tie
        for process in processes
        if process.department == department and not lifecycles[process.kind].is_root
        for tie in (
            [Tie(process)] if process.kind == OPINION else _goods(process, lifecycles[process.kind])
        )
    )
    return tuple({one.key: one for one in found}.values())


def tie_in_words(lifecycle: Lifecycle, organ: str, goods: str) -> str:
    """What a file is tied to: the opinion of an organ, or goods of a process."""
    return f"{lifecycle.label}物品「{goods}」" if goods else f"{organ}的核查意见"


def _goods(process: ProcessView, lifecycle: Lifecycle) -> Iterator[Tie]:
    forms = process.facts.get("forms")
    given = forms if isinstance(forms, dict) else {}
    for action_id, action in lifecycle.actions.items():
        for name, field in action.form.items():
            if field.type != "rows" or not {NAME, AMOUNT} <= set(field.columns):
                continue
            for rows in (given.get(action_id, {}).get(name), process.facts.get(name)):
                for goods in _names(rows):
                    yield Tie(process, goods, field.label)


def _names(rows: object) -> Iterator[str]:
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and (name := str(row.get(NAME) or "").strip()):
            yield name
