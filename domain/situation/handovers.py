"""Makers of the form that one action hands to an action on another clue, by name."""

from collections.abc import Callable, Mapping

from domain.shapes.registry import Registry
from domain.situation.complaints import COMPLAINT, REPORT, asked_for_secrecy, kind_in_words
from domain.situation.situation import CHINA, Situation

Handover = Callable[[Situation, object], Mapping[str, object]]
handover: Registry[Handover] = Registry()
CREDIT_CODE = 18
"""As many signs a unified credit code has; the roster's own numbers are shorter."""


@handover
def split_off(s: Situation, item: object) -> Mapping[str, object]:
    """A new clue with its own title and content, and the source and parties of the one it left."""
    row = item if isinstance(item, Mapping) else {}
    return _taken_off(
        s,
        title=row.get("title") or s.subject.title,
        content=row.get("content"),
        category=row.get("category"),
        complaint_kind=kind_in_words(str(row.get("category") or "")),
    )


@handover
def report_taken_off(s: Situation, item: object) -> Mapping[str, object]:
    """The report that came with a complaint, in the words of the letter unless it was put anew."""
    return _taken_off(
        s,
        title=s.text("report_title") or s.subject.title,
        content=s.text("report_content") or s.subject.content,
        category="举报",
        complaint_kind=REPORT,
    )


@handover
def complaint_taken_off(s: Situation, item: object) -> Mapping[str, object]:
    """The complaint that a report under way turned out to be or to hold, in the letter's words."""
    return _taken_off(
        s,
        title=s.text("complaint_title") or s.subject.title,
        content=s.text("complaint_content") or s.subject.content,
        category="投诉",
        complaint_kind=COMPLAINT,
    )


@handover
def found_in_mediation(s: Situation, item: object) -> Mapping[str, object]:
    """What came to light in a mediation, as a clue of its own from the organ's own inspection."""
    found = _taken_off(
        s,
        title=s.text("clue_title"),
        content=s.text("clue_content"),
        complaint_kind=REPORT,
        found_in_mediation=True,
    )
    now = s.now.astimezone(CHINA).isoformat()
    return {**found, "channel": "inspection", "received_at": now}


def _taken_off(s: Situation, **own: object) -> dict[str, object]:
    """The source and parties of the clue at hand, and what is the new one's own.

    A reporter who asked for secrecy asked for it in everything that comes of his words.
    """
    form: dict[str, object] = {
        "channel": s.subject.channel,
        "place": s.subject.place,
        "subject_name": s.subject.subject_name,
        "subject_code": s.subject.subject_code,
        "subject_phone": s.subject.subject_phone,
        "subject_address": s.subject.subject_address,
        "received_at": s.subject.received_at.isoformat(),
        "confidential": asked_for_secrecy(s),
        "split_from": s.subject.no,
        **own,
    }
    return {name: value for name, value in form.items() if value}


@handover
def taken_in(s: Situation, item: object) -> Mapping[str, object]:
    """Which clue its master takes in, and why."""
    return {"merged_no": s.subject.no, "reason": s.text("reason")}


@handover
def out_of_warning(s: Situation, item: object) -> Mapping[str, object]:
    """A new clue that a risk warning led to: the program's own source, received now."""
    form = {
        "channel": "risk",
        "received_at": s.now.astimezone(CHINA).isoformat(),
        "title": s.text("clue_title"),
        "content": s.text("clue_content"),
        "subject_name": s.text("clue_subject"),
    }
    return {name: value for name, value in form.items() if value}


@handover
def out_of_circular(s: Situation, item: object) -> Mapping[str, object]:
    """A new clue that a department found in a circular: handed in by it, received now."""
    organ = s.department(s.actor.department)
    source = f"情况通报{s.undertaking.no}" if s.undertaking else ""
    form = {
        "channel": "department",
        "received_at": s.now.astimezone(CHINA).isoformat(),
        "title": s.text("clue_title"),
        "content": s.text("clue_content"),
        "subject_name": s.text("clue_subject"),
        "handed_by": organ.name if organ else "",
        "handed_materials": source,
    }
    return {name: value for name, value in form.items() if value}


@handover
def out_of_visit(s: Situation, item: object) -> Mapping[str, object]:
    """The problem that an inspection found, as a clue about who was inspected."""
    visit = s.of_kind("visit")[0].facts
    organ = s.department(s.process.department)
    number = s.undertaking.no if s.undertaking else ""
    key = str(visit.get("subject_key") or "")
    form = {
        "channel": "inspection",
        "received_at": s.now.astimezone(CHINA).isoformat(),
        "title": s.text("clue_title"),
        "content": f"{organ.name if organ else ''}检查{number}发现：{s.text('clue_content')}",
        "place": visit.get("place") or visit.get("subject_address"),
        "subject_name": visit.get("subject_name"),
        "subject_code": key if len(key) == CREDIT_CODE else "",
        "subject_phone": visit.get("subject_phone"),
        "subject_address": visit.get("subject_address"),
    }
    return {name: value for name, value in form.items() if value}
