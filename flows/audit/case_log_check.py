"""The check of a case file's record against the record of this house, line by line."""

import json
from collections.abc import Iterable, Iterator

from sqlmodel import Session, col, select

from domain.tables.record import Event
from flows.afterwards.case_file import log_entry
from flows.site.event_chain import link


def differences(session: Session, key: bytes, lines: Iterable[str]) -> Iterator[str]:
    """What is wrong with each line: unreadable, out of order, unknown here, or altered."""
    last = 0
    for place, line in enumerate(lines, 1):
        seq = _seq(line)
        if seq is None:
            yield f"第{place}行不是办理记录"
            continue
        if seq <= last:
            yield f"第{place}行（第{seq}条记录）次序颠倒或者重复"
        last = max(last, seq)
        event = session.exec(select(Event).where(col(Event.seq) == seq)).one_or_none()
        if event is None:
            yield f"第{place}行：本系统没有第{seq}条记录"
        elif json.loads(line) != json.loads(json.dumps(log_entry(event), ensure_ascii=False)):
            yield f"第{place}行与本系统的第{seq}条记录不符"
        elif event.hash != link(event, key):
            yield f"第{place}行：本系统的第{seq}条记录被改动"


def _seq(line: str) -> int | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    seq = told.get("seq") if isinstance(told, dict) else None
    return seq if isinstance(seq, int) else None
