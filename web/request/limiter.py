"""A limit on how often one address, and all together, may ask; kept in the process, bounded."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

MOST_ADDRESSES = 10_000


class Limiter:
    """Counts questions by address; each is forgotten when its while is over."""

    def __init__(self, most: int, within: timedelta, in_all: int) -> None:
        self._most, self._within, self._in_all = most, within, in_all
        self._everybody: deque[datetime] = deque(maxlen=in_all)
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
            since = self._full_since(asked, now)
            if since is None:
                asked.append(now)
                self._everybody.append(now)
                return 0
            return ceil((since + self._within - now).total_seconds())

    def _full_since(self, asked: deque[datetime], now: datetime) -> datetime | None:
        """When the oldest question was asked that leaves no room for this one."""
        if len(asked) >= self._most:
            return asked[0]
        everybody = self._everybody
        if len(everybody) < self._in_all:
            return None
        return everybody[0] if everybody[0] > now - self._within else None
