"""Follow-ups worked off without Prefect: the work of every task, one after another."""

from datetime import datetime

from sqlmodel import col, select

from domain.tables.record import Event
from domain.tables.work import FollowUp, InboxMessage
from flows import archive, inspection, penalty, referral, supervision, transfer, verification
from flows.afterwards.outbox import Job, Later, claim, finish, put_off
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.story import Story

MODULES = (transfer, verification, penalty, referral, supervision, inspection, archive)
TASKS = {module.__name__.rpartition(".")[2]: module.TASKS for module in MODULES}


def do(office: Office, job: Job, now: datetime) -> Later | None:
    """The work of one follow-up."""
    return TASKS[job.stage][job.task](office, job, now)


def work_off(story: Story) -> list[str]:
    """Everything that is due, done once; the names of the tasks in order."""
    names = []
    for job in claim(story.office, story.now, "by hand"):
        found = do(story.office, job, story.now)
        if isinstance(found, Later):
            put_off(story.office, job, found.at)
        else:
            finish(story.office, [job], story.now)
        names.append(f"{job.stage}.{job.task}")
    return names


def inbox(story: Story, kind: str) -> list[InboxMessage]:
    """The messages of a kind about the story's clue, oldest first."""
    with reading(story.office.engine) as session:
        query = select(InboxMessage).where(
            col(InboxMessage.kind) == kind, col(InboxMessage.clue_id) == story.clue
        )
        return list(session.exec(query.order_by(col(InboxMessage.id))))


def follow_ups(story: Story, task: str) -> list[FollowUp]:
    """The rows of a task left behind by the story's clue."""
    with reading(story.office.engine) as session:
        query = select(FollowUp).where(
            col(FollowUp.task) == task, col(FollowUp.clue_id) == story.clue
        )
        return list(session.exec(query.order_by(col(FollowUp.id))))


def to(message: InboxMessage) -> tuple[str, str | None]:
    """Which chair a message is for."""
    return message.department_id, message.role


def deeds(story: Story, action: str) -> list[Event]:
    """What is on record about an action of that name on the story's clue."""
    with reading(story.office.engine) as session:
        query = select(Event).where(col(Event.clue_id) == story.clue, col(Event.action) == action)
        return list(session.exec(query.order_by(col(Event.seq))))
