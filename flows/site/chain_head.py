"""The end of the record: what is noted outside, so that an end cut off is missed."""

import re
from dataclasses import dataclass

from sqlmodel import Session, select

from domain.tables.record import ChainHead
from flows.site.event_chain import GENESIS

NOTED = re.compile(r"(\d+)[^0-9a-f]+([0-9a-f]{64})\b")
"""An end as it is noted, whatever stands around it."""
NOTES = "chain-heads.txt"
"""The file in the home folder in which ends are noted from hour to hour."""


@dataclass(frozen=True)
class Head:
    """The end of the record: how many events, and the hash of the last."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"第{self.seq}条 {self.hash}"


def head_of(session: Session) -> Head:
    """The end of the record now."""
    found = session.exec(select(ChainHead)).one_or_none()
    return Head(found.seq, found.hash) if found else Head(0, GENESIS)
