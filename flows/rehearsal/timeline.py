"""The time line of the rehearsal: who did what on which day, with refusals and reminders marked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from domain.situation.situation import CHINA, CONSEQUENCE, SYSTEM
from domain.tables.people import User
from domain.tables.process import Clock, Clue
from domain.tables.record import Event
from domain.tables.undertaking import Undertaking
from domain.tables.work import ReminderFiring
from flows.rehearsal.scene import Note
from flows.site.office import Office
from flows.site.store import reading


class Titled(NamedTuple):
    """A clue or undertaking as a line names it."""

    no: str
    title: str


Titles = Mapping[int | None, Titled]
GROUPED = 1
"""More acts of one kind on one day than this are told in one line."""
NAMED, TITLED = 4, 3
ROUTINE = {
    "case.archive",
    "case.assign_officers",
    "case.send_for_review",
    "clue.archive",
    "clue.extend_reply",
    "supervision.drop",
}
"""Acts that the short telling only counts."""
WEEKDAYS = "一二三四五六日"
PERSON, PROGRAM, REFUSED, REMINDER = "　", "◆", "✕", "▲"


@dataclass(frozen=True)
class Line:
    """One thing that happened; `kind` groups what is alike."""

    at: datetime
    mark: str
    kind: str
    clue: str
    title: str
    who: str
    text: str
    papers: tuple[str, ...] = ()

    def told(self) -> str:
        """The line as it is printed."""
        papers = "　" + "、".join(self.papers) if self.papers else ""
        clock = f"{self.at.astimezone(CHINA):%H:%M}"
        clue = f"{self.clue} {self.title}" if self.title else self.clue
        return f"  {self.mark}{clock} {self.who} {self.text}｜{clue}{papers}"


@dataclass
class Chronicle:
    """Reads what happened since it was last asked."""

    office: Office
    seen_event: int = 0
    seen_note: int = 0
    seen_firing: int = 0

    def since_last(self, notes: Sequence[Note]) -> list[Line]:
        """Everything new, in order; who is refused tries again in the same minute."""
        with reading(self.office.engine) as session:
            titles = _titles(session)
            found = [*self._events(session, titles), *self._firings(session, titles)]
        fresh, self.seen_note = notes[self.seen_note :], len(notes)
        found += [self._refusal(note, titles) for note in fresh]
        return sorted(found, key=lambda line: (line.at, line.mark != REFUSED))

    def _events(self, session: Session, titles: Titles) -> Iterable[Line]:
        names = dict(session.exec(select(User.id, User.name)).all())
        query = select(Event).where(col(Event.seq) > self.seen_event).order_by(col(Event.seq))
        for event in session.exec(query):
            self.seen_event = event.seq
            line = self._act(event, names, titles)
            if line is not None:
                yield line

    def _act(self, event: Event, names: dict[str, str], titles: Titles) -> Line | None:
        lifecycle = self.office.rules.lifecycles.get(event.process_kind)
        action = lifecycle.actions.get(event.action) if lifecycle else None
        if lifecycle is None or action is None or set(action.by) == {CONSEQUENCE}:
            return None
        clue = titles[event.clue_id]
        state = lifecycle.states[event.to_state].label
        organ = self.office.rules.departments[event.department_id].short
        is_program = event.actor_id == SYSTEM
        documents = event.detail.get("documents") or []
        return Line(
            at=event.at,
            mark=PROGRAM if is_program else PERSON,
            kind=f"{event.process_kind}.{event.action}",
            clue=clue.no,
            title=clue.title,
            who="系统" if is_program else f"{organ} {names.get(event.actor_id, event.actor_id)}",
            text=f"{action.label} → {lifecycle.label}{state}",
            papers=tuple(f"《{one['title']}》{one['number'] or ''}" for one in documents),
        )

    def _firings(self, session: Session, titles: Titles) -> Iterable[Line]:
        query = (
            select(ReminderFiring, Clock)
            .join(Clock, col(Clock.id) == col(ReminderFiring.clock_id))
            .where(col(ReminderFiring.id) > self.seen_firing)
            .order_by(col(ReminderFiring.id))
        )
        for firing, clock in session.exec(query):
            self.seen_firing = firing.id or 0
            rule = self.office.rules.deadlines[clock.rule]
            rungs = {one.id: one.label for one in self.office.rules.ladders[rule.ladder].rungs}
            clue = titles[clock.clue_id]
            organ = self.office.rules.departments[clock.owner_id].short
            label = rungs.get(firing.rung, firing.rung)
            yield Line(
                firing.fired_at,
                REMINDER,
                label,
                clue.no,
                clue.title,
                organ,
                f"提醒：{rule.label}（{label}）",
            )

    def _refusal(self, note: Note, titles: Titles) -> Line:
        clue = next((one for one in titles.values() if one.no == note.clue_no), None)
        organ = self.office.rules.departments[note.actor.department].short
        title = clue.title if clue else ""
        return Line(
            note.at,
            REFUSED,
            "refused",
            note.clue_no,
            title,
            f"{organ} {note.actor.name}",
            note.text,
        )


def _titles(session: Session) -> Titles:
    clues = session.exec(select(Clue.id, Clue.no, Clue.title)).all()
    undertakings = session.exec(select(Undertaking.id, Undertaking.no, Undertaking.title)).all()
    return {found: Titled(no, title) for found, no, title in (*clues, *undertakings)}


def heading(moment: datetime) -> str:
    """A day as its lines are headed."""
    day = moment.astimezone(CHINA)
    return f"{day:%Y年%-m月%-d日} 星期{WEEKDAYS[day.weekday()]}"


def in_full(lines: Iterable[Line]) -> list[str]:
    """Every line of a day."""
    return [line.told() for line in lines]


def in_short(lines: Sequence[Line]) -> list[str]:
    """A day in few lines: refusals whole, what is alike told together, reminders counted."""
    acts = [line for line in lines if line.mark in {PERSON, PROGRAM}]
    groups: defaultdict[str, list[Line]] = defaultdict(list)
    for line in acts:
        if line.kind not in ROUTINE:
            groups[line.kind].append(line)
    told: list[str] = []
    for line in lines:
        if line.mark == REFUSED:
            told.append(line.told())
        elif line.mark != REMINDER:
            told += _of_group(groups.pop(line.kind, []))
    routine = Counter(line.text.partition(" ")[0] for line in acts if line.kind in ROUTINE)
    if routine:
        counted = "、".join(f"{kind}{count}件" for kind, count in routine.most_common())
        told.append(f"  {PERSON}另有{counted}")
    reminders = Counter(line.kind for line in lines if line.mark == REMINDER)
    if reminders:
        counted = "、".join(f"{kind}{count}条" for kind, count in reminders.most_common())
        told.append(f"  {REMINDER}提醒：{counted}")
    return told


def _of_group(lines: Sequence[Line]) -> list[str]:
    if len(lines) <= GROUPED:
        return [line.told() for line in lines]
    first, last = lines[0].at.astimezone(CHINA), lines[-1].at.astimezone(CHINA)
    papers = sum(len(line.papers) for line in lines)
    clues = list(dict.fromkeys((line.clue[-4:], line.title) for line in lines))
    few = len(clues) <= TITLED
    named = "、".join(f"{no} {title}" if few else no for no, title in clues[:NAMED])
    more = "等" if len(clues) > NAMED else ""
    organs = list(dict.fromkeys(line.who.partition(" ")[0] for line in lines))
    organ = organs[0] if len(organs) == 1 else f"{len(organs)}个单位"
    written = f"　文书{papers}份" if papers else ""
    return [
        f"  {lines[0].mark}{first:%H:%M}–{last:%H:%M} {organ} {lines[0].text}　"
        f"{len(lines)}件｜{named}{more}{written}"
    ]
