"""Effects on complaints: what a clue was taken for, and what was taken off it."""

from domain.effects.change import Change, effect, facts_recorded, moment
from domain.situation.complaints import (
    COMPLAINT,
    FOUND_IN,
    KIND,
    REPORT,
    kind_in_words,
    kind_on_record,
    kind_taken,
)
from domain.situation.situation import Situation


@effect
def kind_registered(s: Situation) -> Change:
    """What a new clue was said to be, and which clue it was taken off, if any."""
    told = {
        KIND: kind_on_record(s),
        "split_from": s.text("split_from"),
        FOUND_IN: moment(s) if s.form.get(FOUND_IN) else "",
    }
    return facts_recorded(**{name: value for name, value in told.items() if value})


@effect
def kind_settled(s: Situation) -> Change:
    """Who signs for a clue takes it for a complaint, a report, or both."""
    kind = kind_taken(s)
    return facts_recorded(**({KIND: kind} if kind else {}))


@effect
def complaint_remains(s: Situation) -> Change:
    """The report was taken off, the complaint is left; or it was one all along."""
    return facts_recorded(**{KIND: COMPLAINT})


@effect
def own_words_kept(s: Situation) -> Change:
    """What stays with the clue after another was taken off it: its papers speak of that alone."""
    told = {"title": s.text("kept_title"), "content": s.text("kept_content")}
    return Change(clue={name: value for name, value in told.items() if value})


@effect
def report_remains(s: Situation) -> Change:
    """It is a report and no complaint."""
    return facts_recorded(**{KIND: REPORT})


@effect
def parts_taken_off(s: Situation) -> Change:
    """What is left is a complaint where only reports were taken off, and the other way round."""
    rows = s.form.get("parts")
    kinds = {
        kind_in_words(str(one.get("category") or ""))
        for one in (rows if isinstance(rows, list) else [])
        if isinstance(one, dict)
    }
    left = {REPORT: COMPLAINT, COMPLAINT: REPORT}
    both = kind_on_record(s) or kind_in_words(s.subject.category)
    if both == "both" and len(kinds) == 1 and kinds <= set(left):
        return facts_recorded(**{KIND: left[kinds.pop()]})
    return Change()
