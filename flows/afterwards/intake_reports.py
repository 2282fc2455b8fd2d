"""What follows an import: how many clues came in, and by which door, told as a run of its stage.

The import itself waits for nobody; its report is a row like every other follow-up.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, select

from domain.tables.process import Clue
from domain.tables.work import FollowUp
from flows.afterwards.outbox import Job
from flows.site.office import Office

STAGE, TASK = "intake", "report_intake"
DOORS = {"file": "文件导入", "api": "接口推送"}


@dataclass(frozen=True)
class Arrival:
    """What came in together: by which door, from which source of clues, and how many."""

    door: Literal["file", "api"]
    channel: str
    registered: int
    already_there: int
    rejected: int
    suspected: int


def order_report(session: Session, arrival: Arrival, first: str, now: datetime) -> None:
    """Leaves the report to the flows, under the number of the first clue that came in."""
    clue = session.exec(select(Clue.id).where(col(Clue.no) == first)).one()
    row = FollowUp(
        stage=STAGE,
        task=TASK,
        clue_id=clue or 0,
        clue_no=first,
        process_kind="clue",
        process_id=clue or 0,
        payload={"action": "register", **asdict(arrival)},
        created_at=now,
        not_before=now,
    )
    session.add(row)


def report_intake(office: Office, job: Job, now: datetime) -> None:
    """Nothing is left to do: the run that bears it is the report."""


def told(office: Office, job: Job) -> str:
    """A report in words, without anything of the clues."""
    names = office.rules.lifecycles["clue"].actions["register"].form["channel"].options
    counts = job.payload
    return (
        f"{names.get(counts['channel'], counts['channel'])} {DOORS[counts['door']]}："
        f"登记{counts['registered']}件，已登记过{counts['already_there']}件，"
        f"未登记{counts['rejected']}件，疑似重复{counts['suspected']}件；"
        f"第一件为{job.clue_no}"
    )
