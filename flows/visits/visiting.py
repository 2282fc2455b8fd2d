"""An inspection acted on: what the program looks up for a step is recorded with it, or refuses it.

Subject, team and frequency come from the roster and the entries of the year; a person's step that
needs them is preceded or followed by one of the program's own, in the same transaction.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from domain.lifecycle.plan import Reason, Refused
from domain.limits.limit import day_of
from domain.situation.situation import CHINA, Actor
from domain.tables.process import Process
from domain.tables.roster import Subject
from domain.tables.undertaking import Undertaking
from flows.door.steps import Command, Outcome, perform_in
from flows.people.actors import system_actor
from flows.site.office import Office
from flows.visits.caps import Visited, caps_in_force, matters_of, tightest
from flows.visits.frequency import departments_of, enter_in, frequency, open_elsewhere
from flows.visits.recognisable import recognisable
from flows.visits.roster_changes import NOT_OPERATING, correct_roster
from flows.visits.teams import Row, Where, against_team, certificates_in, team_of

KIND = "visit"
FRESH = frozenset({"visit.approve", "visit.recognise", "visit.notice", "visit.begin_off_site"})
"""Steps before which the frequency and the team are looked up anew."""
TEAM_TOLD = frozenset({"visit.propose", "visit.enter_urgent", "finding.agree"})
GOING = frozenset({"visit.notice", "visit.begin_off_site", "visit.enter", "visit.enter_urgent"})
"""Steps for which every department has to have two officers who are fit on the day."""
ENTERING = frozenset({"visit.enter", "visit.enter_urgent"})
ASKED = {"visit": "propose", "finding": "agree"}


def act_in(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Outcome:
    """`perform_in`, and of an inspection what belongs to the step; all or nothing."""
    name = f"{command.process}.{command.action}"
    label = office.rules.lifecycles[command.process].actions[command.action].label
    seen = session.get(Undertaking, command.clue) if name in FRESH and command.clue else None
    if seen is not None and _is_as_seen(seen, command):
        record_view(session, office, seen, (_team(seen), label), now)
        command = replace(command, version=None)
    done = perform_in(session, office, command, actor, now)
    row = session.get_one(Undertaking, done.clue_id)
    team = _team_after(session, office, (row, name, label), command, actor)
    if team is not None:
        record_view(session, office, row, (team, label), now)
    if name in GOING:
        _insist_on_officers(session, office, row, (label, _going_on(row, name, now)))
    if name in ENTERING:
        kind = office.rules.inspection.kinds[str(row.facts["kind"])]
        counted = kind.counts and not row.facts.get("superior_campaign")
        enter_in(session, row, _entered_on(row), counts=counted)
    if name == "finding.enter_result":
        found = session.get_one(Process, done.process_id).facts["outcome"]
        if found == NOT_OPERATING:
            correct_roster(session, office, row, (actor, now))
    return replace(done, state=row.state) if command.process == KIND else done


def record_view(
    session: Session,
    office: Office,
    row: Undertaking,
    what: tuple[list[Row], str],
    now: datetime,
) -> None:
    """Subject, team and frequency as they are now, recorded by the program.

    `what`: the team, and the label of the step that it is recorded for.
    """
    team, label = what
    subject = _subject(session, office, row, label)
    rules, today = office.rules, day_of(now)
    found = frequency(session, subject.key, row.department_id, today)
    visit = Visited(row.department_id, matters_of(row), subject.kind, found)
    cap = tightest(session, caps_in_force(session, office, today), visit)
    elsewhere = open_elsewhere(session, row, subject.key)
    form: dict[str, object] = {
        "subject_key": subject.key,
        "subject_name": subject.name,
        "subject_address": subject.address,
        "subject_phone": subject.phone,
        "team": team,
        "earlier": [
            {
                "日期": one.day.isoformat(),
                "部门": rules.departments[one.department].name,
                "编号": one.visit,
                "种类": rules.inspection.kinds[one.kind].label,
                "计入频次": "是" if one.counts else "否",
            }
            for one in found.entries
            if one.visit != row.no
        ],
        "so_far": found.own,
        "all_so_far": found.doors,
        "fresh_results": recognisable(session, office, row, subject.key, today),
        "open_elsewhere": "、".join(
            f"{rules.departments[one.department_id].name}{one.no}" for one in elsewhere
        ),
    }
    if cap is not None:
        form |= {
            "cap": cap.yearly,
            "cap_published": cap.published,
            "cap_scope": cap.scope,
            "cap_so_far": cap.so_far,
        }
    command = Command("record_view", KIND, row.id, form=form)
    perform_in(session, office, command, system_actor(row.department_id), now)


def _is_as_seen(row: Undertaking, command: Command) -> bool:
    """Whether it is an inspection that waits for the step, as the person saw it."""
    same = row.version == (command.version or row.version)
    return row.kind == KIND and row.state in ("planned", "approved") and same


def refusal(office: Office, label: str, texts: list[str], basis: str = "local-visit") -> Refused:
    """Everything that stands against a step, on its article."""
    cited = office.rules.cite(basis)
    return Refused(label, tuple(Reason(one, basis, cited) for one in texts))


def _team(row: Undertaking) -> list[Row]:
    rows = row.facts.get("team")
    return [dict(one) for one in rows] if isinstance(rows, list) else []


def _team_after(
    session: Session,
    office: Office,
    step: tuple[Undertaking, str, str],
    command: Command,
    actor: Actor,
) -> list[Row] | None:
    """The team as the step leaves it; None where it changes nothing of it."""
    row, name, label = step
    if name == "visit.change_officer":
        return _changed(session, office, row, label)
    if name not in TEAM_TOLD:
        return None
    given = command.form.get("officers") or command.form.get("执法证号") or ""
    if name == "finding.agree" and not given:
        return None
    found = team_of(session, office, actor.department, certificates_in(given))
    if found.complaints:
        raise refusal(office, label, found.complaints, "cf-42")
    if name != "finding.agree":
        return found.rows
    team = _team(row)
    return [*team, *(one for one in found.rows if one not in team)]


def _changed(session: Session, office: Office, row: Undertaking, label: str) -> list[Row]:
    forms: Mapping[str, Mapping[str, str]] = row.facts["forms"]
    form = forms["change_officer"]
    team = _team(row)
    [left] = [one for one in team if one["证号"] == form["certificate"]]
    departments = {one.name: key for key, one in office.rules.departments.items()}
    found = team_of(session, office, departments[left["部门"]], [form["replaced_by"].strip()])
    known = {one["证号"] for one in team}
    complaints = found.complaints + [
        f"{one['姓名']}（{one['证号']}）已经是检查人员"
        for one in found.rows
        if one["证号"] in known
    ]
    if complaints:
        raise refusal(office, label, complaints, "cf-42")
    return [found.rows[0] if one is left else one for one in team]


def _subject(session: Session, office: Office, row: Undertaking, label: str) -> Subject:
    key = str(row.facts.get("subject_key") or row.facts["object"]).strip()
    subject = session.exec(select(Subject).where(col(Subject.key) == key)).one_or_none()
    if subject is None:
        raise refusal(office, label, [_unlisted(session, row, key)])
    if subject.area != row.area:
        text = f"{subject.name}不在本地区名录中；到外地检查的，请向当地机关提出协作请求"
        raise refusal(office, label, [text])
    return subject


def _unlisted(session: Session, row: Undertaking, typed: str) -> str:
    """Why nothing of the roster is meant; who typed a name is told the codes it is listed under."""
    mine = (col(Subject.name) == typed, col(Subject.area) == row.area)
    found = session.exec(select(Subject.key).where(*mine).order_by(col(Subject.id)).limit(5)).all()
    if found:
        return f"「检查对象」请填写代码：名录中“{typed}”的代码是{'、'.join(found)}"
    return f"监管名录中没有“{typed}”，请先在监管名录登记，或者核对统一社会信用代码"


def _insist_on_officers(
    session: Session, office: Office, row: Undertaking, step: tuple[str, date]
) -> None:
    label, day = step
    where = Where(str(row.facts["subject_key"]), day, departments_of(session, row))
    found = against_team(session, office, _team(row), where)
    if found:
        raise refusal(office, label, found, "cf-42")


def _entered_on(row: Undertaking) -> date:
    return datetime.fromisoformat(str(row.facts["entered_at"])).astimezone(CHINA).date()


def _going_on(row: Undertaking, name: str, now: datetime) -> date:
    """The day on which the officers go."""
    if name in ENTERING:
        return _entered_on(row)
    told = row.facts.get("visit_on") if name == "visit.notice" else None
    return datetime.fromisoformat(str(told)).astimezone(CHINA).date() if told else day_of(now)


def findings_of(session: Session, row: Undertaking) -> list[Process]:
    """The findings of an inspection, in the order of their departments."""
    query = select(Process).where(col(Process.clue_id) == row.id, col(Process.kind) == "finding")
    return list(session.exec(query.order_by(col(Process.id))))
