"""How the machinery of a site stands: its Prefect server, and what waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from flows.afterwards.outbox import Queue


class Server(Protocol):
    """A Prefect server as the schedule sees it."""

    api_url: str

    def start(self) -> None:
        """Begins to start it, if it is ours to start."""

    def keep_up(self) -> bool:
        """Whether it answers now."""

    def environment(self) -> Mapping[str, str]:
        """What its clients need to know, its address as it is now."""

    def stop(self) -> None:
        """Ends it, if it is ours."""


@dataclass(frozen=True)
class Standing:
    """How the machinery stands: Prefect in words, what waits, and who else keeps the time."""

    prefect: str
    queue: Queue
    stands_by_for: str = ""

    def __str__(self) -> str:
        if self.stands_by_for:
            told = f"定时任务已由另一进程（{self.stands_by_for}）运行"
            return f"{told}，本进程待命，它停止后一分钟内接替"
        waits = f"待办{self.queue.due}项，定时{self.queue.later}项，{self.queue.in_hand}"
        return f"Prefect{self.prefect}；后续事项：{waits}，搁置{self.queue.parked}项"
