"""A limit on how often one address may ask, kept in the process and no larger than it must be."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

MOST_ADDRESSES = 10_000


class Limiter:
    """Counts questions by address; each is forgotten when its while is over."""

    def __init__(self, most: int, within: timedelta) -> None:
        self._most, self._within = most, within
        self._asked: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def wait(self, address: str, now: datetime) -> int:
        """How many seconds the address has to wait; 0: the question counts and may be asked."""
        with self._lock:
            asked = self._asked.setdefault(address, deque())
            self._asked.move_to_end(address)
            while asked and asked[0] <= now - self._within:
                asked.popleft()
            while len(self._asked) > MOST_ADDRESSES:
                self._asked.popitem(last=False)
            if len(asked) < self._most:
                asked.append(now)
                return 0
            return ceil((asked[0] + self._within - now).total_seconds())
