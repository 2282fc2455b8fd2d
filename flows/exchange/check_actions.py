"""监管行为: every result of some days as a record of the national table, and what keeps it back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from domain.exchange.check_action import BETWEEN, FORMS, ORGANISATION, Checked, Record, checked
from domain.limits.limit import day_of
from domain.shapes.inspection import Exchange
from domain.situation.situation import CHINA
from domain.tables.process import Process
from domain.tables.roster import Subject
from domain.tables.undertaking import Undertaking
from flows.people.viewer import Viewer

RESULT_IN = ("entered", "published")
EXEMPT = "exempt"


@dataclass(frozen=True)
class Days:
    """From a day until another, both of them included."""

    since: date
    until: date

    def hold(self, moment: object) -> bool:
        """Whether a moment that facts keep lies in them, in China."""
        if not moment:
            return False
        return self.since <= day_in_china(moment) <= self.until


def day_in_china(moment: object) -> date:
    """The day in China of a moment that facts keep."""
    return datetime.fromisoformat(str(moment)).astimezone(CHINA).date()


def findings_of(
    session: Session, viewer: Viewer, days: Days
) -> Iterator[tuple[Process, Undertaking]]:
    """The results that the viewer's departments entered on these days, in their order."""
    query = (
        select(Process, Undertaking)
        .join(Undertaking, col(Undertaking.id) == col(Process.clue_id))
        .where(
            col(Process.kind) == "finding",
            col(Process.state).in_((*RESULT_IN, EXEMPT)),
            or_(col(Process.ended_at).is_(None), col(Process.ended_at) >= _begin(days)),
        )
        .order_by(col(Process.id))
    )
    if viewer.watched is not None:
        query = query.where(col(Process.department_id).in_(viewer.watched))
    for one, row in session.exec(query):
        if days.hold(one.facts.get("entered_at")):
            yield one, row


def _begin(days: Days) -> datetime:
    return datetime(days.since.year, days.since.month, days.since.day, tzinfo=CHINA)


def check_actions(session: Session, viewer: Viewer, days: Days) -> list[Checked]:
    """A record for each result and matter; what cannot be sent says every reason."""
    found = list(findings_of(session, viewer, days))
    keys = {str(row.facts.get("subject_key")) for _, row in found}
    query = select(Subject).where(col(Subject.key).in_(keys))
    subjects = {one.key: one for one in session.exec(query)}
    batch = f"{day_of(viewer.now):%Y%m%d}{len(found):04d}"
    return [
        _kept_back(one, checked({**record, "cd_batch": batch}))
        for one, row in found
        for record in _records(viewer, one, row, subjects.get(str(row.facts.get("subject_key"))))
    ]


def _kept_back(one: Process, found: Checked) -> Checked:
    """A result that is not published by a head's decision is not sent by itself."""
    if one.state != EXEMPT:
        return found
    told = "经批准不公示，是否报送由本单位按保密和公示的规定决定"
    return Checked(found.record, (*found.faults, told))


def _records(
    viewer: Viewer, one: Process, row: Undertaking, subject: Subject | None
) -> Iterable[Record]:
    rules, facts = viewer.office.rules, row.facts
    exchange, organ = rules.inspection.exchange, rules.departments[one.department_id]
    outcome = str(one.facts.get("outcome"))
    options = rules.lifecycles["finding"].actions["enter_result"].form["outcome"].options
    key = str(facts.get("subject_key") or "")
    coded = bool(subject and subject.credit_code)
    team = [man for man in facts.get("team") or () if man["部门"] == organ.name]
    base = {
        "plan_id": str(facts.get("draw") or ""),
        "check_action_name": row.title,
        "check_action_code": row.no,
        "implement_institution": organ.name,
        "implement_institution_code": exchange.institutions.get(one.department_id, ""),
        "administrative_cp": str(facts.get("subject_name") or ""),
        "administrative_cp_na": ORGANISATION if coded else "",
        "administrative_cp_ui_code": key if coded else "",
        "address_registered": str(facts.get("subject_address") or ""),
        "address_operating": str(facts.get("place") or facts.get("subject_address") or ""),
        "area_number": exchange.areas.get(row.area, ""),
        "check_form": FORMS.get(str(facts.get("kind")), FORMS["daily"]),
        "check_mode": _coded(exchange, "mode", str(facts.get("way") or "on_site"), _ways(viewer)),
        "check_result": _coded(exchange, "result", outcome, options),
        "check_date": day_in_china(one.facts["finished_at"]).isoformat(),
        "check_personnel": BETWEEN.join(man["姓名"] for man in team),
        "check_personnel_code": BETWEEN.join(man["证号"] for man in team),
        "submitted_date": day_of(viewer.now).isoformat(),
        "cd_time": viewer.now.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S"),
        "cd_source": exchange.source,
        "cd_operation": "i",
    }
    for matter in map(str, facts.get("matters") or ()):
        item = exchange.items.get(matter)
        yield {
            **base,
            "record_unique_identity": f"{row.no}-{one.id}-{matter}",
            "supervise_object": rules.matters[matter].objects,
            "supervise_item_implement_code": item.code if item else "",
            "supervise_item_check_icode": item.checks.get(one.department_id, "") if item else "",
        }


def _ways(viewer: Viewer) -> Mapping[str, str]:
    return viewer.office.rules.lifecycles["visit"].actions["propose"].form["way"].options


def _coded(exchange: Exchange, field: str, key: str, words: Mapping[str, str]) -> str:
    """The site's code of a value; the words where it entered none."""
    return exchange.codes.get(field, {}).get(key) or words.get(key, key)
