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
    """How the machinery stands: Prefect in words, what waits, and who else keeps the time.

    `follows_up`: whether this process does follow-ups, as it does while another keeps the time.
    """

    prefect: str
    queue: Queue
    stands_by_for: str = ""
    follows_up: bool = False

    def __str__(self) -> str:
        if self.stands_by_for:
            told = f"提醒、邮件和每日事项已由另一进程（{self.stands_by_for}）运行"
            own = "本进程只办理后续事项，其余待命" if self.follows_up else "本进程待命"
            return f"{told}，{own}，它停止后一分钟内接替"
        waits = f"待办{self.queue.due}项，定时{self.queue.later}项，{self.queue.in_hand}"
        return f"Prefect{self.prefect}；后续事项：{waits}，搁置{self.queue.parked}项"
