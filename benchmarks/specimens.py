"""Clues brought through the door to every stage at which an office's clues stand."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.situation.situation import CHINA
from flows.site.office import Office
from tests.helpers.story import ACCEPTED, CONCLUDED, IN_CASE, RECEIVED, REVIEWED, Story

DECIDED = ("case.notice", "case.record_statement", "case.decide", "case.serve")
ENFORCED = ("case.pay", "case.record_publication", "case.enforce", "case.close")
JOINT = ("shili-health", "shili-urban")
OPEN: dict[tuple[str, ...], int] = {
    ("register",): 6,
    ("register", "dispatch"): 12,
    ACCEPTED: 16,
    (*ACCEPTED, "verify"): 26,
    (*ACCEPTED, "verify jointly"): 6,
    CONCLUDED: 10,
    IN_CASE: 8,
    REVIEWED: 8,
    RECEIVED: 8,
}
"""Roads of clues that go on, with how many of a hundred stand at their end."""
CLOSED: dict[tuple[str, ...], int] = {
    ("register", "redirect"): 4,
    (*CONCLUDED, "dismiss", "archive"): 40,
    (*CONCLUDED, "govern", "archive"): 32,
    (*REVIEWED, *DECIDED, *ENFORCED, "close", "archive"): 16,
    (*RECEIVED, "referral.file", "referral.hand_over", "referral.close", "close", "archive"): 7,
    (*CONCLUDED, "dismiss"): 1,
}
"""Roads of clues that have ended."""


@dataclass(frozen=True)
class Specimen:
    """A true clue, and which share of the copies in its group are to be like it."""

    clue: int
    share: int
    open: bool


def bring(office: Office, last: datetime) -> list[Specimen]:
    """One clue on every road, each of them at its end at about the same moment."""
    return [
        Specimen(_walk(office, road, last, number), share, roads is OPEN)
        for roads in (OPEN, CLOSED)
        for number, (road, share) in enumerate(roads.items(), start=1)
    ]


def _walk(office: Office, road: tuple[str, ...], last: datetime, number: int) -> int:
    days = 14 if "case.notice" in road else 1
    begin = (last - timedelta(days=days)).astimezone(CHINA).replace(hour=8, minute=0)
    story = Story(office, begin)
    for action in road:
        _does(story, action, f"{road[-1]}-{number}")
    return story.clue or 0


def _does(story: Story, action: str, name: str) -> None:
    if action == "register":
        story.does("register", outside_no=name, subject_name=f"示例市{name}食品有限公司")
    elif action == "verify jointly":
        story.does("verify", cooperating=list(JOINT))
    else:
        if action == "case.decide":
            story.waits(days=10)
        story.does(action)
