"""One search over what somebody may see: clues, circulars, people."""

from dataclasses import dataclass, replace

from sqlalchemy import or_
from sqlmodel import Session, col, select

from domain.routing.word_index import plain
from domain.tables.people import User
from domain.tables.undertaking import Undertaking
from flows.door.visible_undertakings import visible_undertakings
from flows.lists.list_queries import Wanted
from flows.lists.work_lines import WorkLine
from flows.lists.worklist import count_of, read_page
from flows.people.viewer import Viewer

SHOWN, MOST = 8, 1000


@dataclass(frozen=True)
class CluesFound:
    """Clues that fit in one place: the first of them, how many, and what the whole list asks."""

    heading: str
    lines: tuple[WorkLine, ...]
    total: int
    wanted: Wanted


@dataclass(frozen=True)
class Findings:
    """All that fits, by kind; empty where nothing of the kind does."""

    clues: tuple[CluesFound, ...]
    undertakings: tuple[Undertaking, ...]
    people: tuple[User, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all fits."""
        return not (self.clues or self.undertakings or self.people)


def find(session: Session, viewer: Viewer, text: str, *, inside: bool) -> Findings:
    """What fits the words among what the viewer may see; `inside`: in the content of clues too.

    Words are compared half-width, in lower case and without white space.
    """
    if not plain(text):
        return Findings((), (), ())
    places = [
        ("在办线索", Wanted(text=text)),
        ("已结束的线索", Wanted(view="ended", text=text)),
    ]
    if inside:
        places += [(f"内容中有：{one}", replace(asked, inside="yes")) for one, asked in places]
    clues = [_clues(session, viewer, heading, wanted) for heading, wanted in places]
    return Findings(
        clues=tuple(one for one in clues if one.total),
        undertakings=_undertakings(session, viewer, text),
        people=_people(session, text),
    )


def _clues(session: Session, viewer: Viewer, heading: str, wanted: Wanted) -> CluesFound:
    lines = read_page(session, viewer, wanted, SHOWN).lines
    total = count_of(session, viewer, wanted, MOST) if len(lines) == SHOWN else len(lines)
    return CluesFound(heading, lines, total, wanted)


def _undertakings(session: Session, viewer: Viewer, text: str) -> tuple[Undertaking, ...]:
    words = text.strip()
    named = or_(
        col(Undertaking.no) == words.upper(),
        col(Undertaking.title).contains(words, autoescape=True),
    )
    query = select(Undertaking).where(named, visible_undertakings(viewer.office, viewer.actor))
    return tuple(session.exec(query.order_by(col(Undertaking.id).desc()).limit(SHOWN)))


def _people(session: Session, text: str) -> tuple[User, ...]:
    """Colleagues by name, of every department: who they are and where, nothing else."""
    named = col(User.name).contains(text.strip(), autoescape=True)
    query = select(User).where(named, col(User.active)).order_by(col(User.name))
    return tuple(session.exec(query.limit(SHOWN)))
