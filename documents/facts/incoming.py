"""Papers of police, procuratorate and court as they lie in the file: registered, not issued."""

from collections.abc import Mapping

from documents.facts.makers import Facts, day_of
from documents.facts.paper import Paper
from domain.situation.situation import ProcessView

_REGISTERING = ("register", "register_opinion")


def incoming(paper: Paper) -> list[Facts]:
    """A row of the catalogue for each paper that came in, oldest first."""
    return [_row(paper, one) for one in paper.situation.of_kind("justice_paper")]


def _row(paper: Paper, one: ProcessView) -> Facts:
    return {
        "文号": one.facts.get("paper_no"),
        "责任者": one.facts.get("paper_organ"),
        "题名": _title(paper, one),
        "日期": day_of(one.facts.get("paper_received_at")),
    }


def _title(paper: Paper, one: ProcessView) -> str:
    """What kind of paper it is, in the words of the form that registered it."""
    kind, actions = str(one.facts.get("paper_kind")), paper.rules.lifecycles[one.kind].actions
    options: Mapping[str, str] = {
        key: label
        for name in _REGISTERING
        for key, label in actions[name].form["paper_kind"].options.items()
    }
    return options.get(kind, "司法机关来文")
