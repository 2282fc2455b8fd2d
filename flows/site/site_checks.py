"""The checks that run by themselves, as whoever looks after a site reads of them."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from domain.tables.site import SiteCheck

LOOK = "look"
"""The look of every hour: whether the newest papers are there, and no end was cut off."""
LABELS = {"rows": "登记内容与办理记录", "shelf": "文书存放与登记", LOOK: "文书存放和链尾"}
OFTEN = {"rows": timedelta(days=14), "shelf": timedelta(days=14), LOOK: timedelta(hours=3)}
"""Within which time a round should have come to its end."""


def rounds(session: Session) -> list[SiteCheck]:
    """The checks that ever came to an end, in the order of `LABELS`."""
    rows = {one.name: one for one in session.exec(select(SiteCheck)) if one.ended_at}
    return [rows[name] for name in LABELS if name in rows]


def is_overdue(check: SiteCheck, now: datetime) -> bool:
    """Whether the last round ended longer ago than it should have."""
    return check.ended_at is not None and now - check.ended_at > OFTEN[check.name]
