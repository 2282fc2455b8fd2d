"""Complaints and reports told apart: who asks for his own dispute to be settled, and who reports.

A complaint (投诉) asks an organ to settle a consumer's own dispute with a trader; a report (举报)
tells of an unlawful act (投诉举报处理办法第三条). Both may come in one letter and are
handled apart.
"""

from collections.abc import Mapping

from domain.situation.situation import Situation

COMPLAINT, REPORT, BOTH = "complaint", "report", "both"
KIND = "complaint_kind"
"""The form field and the fact that say which of them a clue is."""
FOUND_IN = "found_in_mediation"
"""The fact that a clue came to light while a complaint was mediated, with the moment."""


def kind_in_words(words: str) -> str:
    """What a platform's own word for the kind of an order says; empty where it says neither."""
    complains, reports = "投诉" in words, "举报" in words
    if complains and reports:
        return BOTH
    return COMPLAINT if complains else REPORT if reports else ""


def kind_on_record(s: Situation) -> str:
    """Which of them somebody said the clue is, now or before; empty where nobody did."""
    return s.text(KIND) or str(s.process.facts.get(KIND) or "")


def kind_taken(s: Situation) -> str:
    """Which of them the holder has to handle.

    A market regulator goes by the platform's word as long as nobody says otherwise, for its seven
    working days run from the day the complaint came; on other platforms' use of the word an organ
    of another kind does not rely.
    """
    said = kind_on_record(s)
    holder = s.department(s.process.department)
    if said or holder is None or holder.function != "market" or s.clue is None:
        return said
    return kind_in_words(s.clue.category)


def is_complaint(s: Situation) -> bool:
    """Whether the clue holds a complaint, alone or beside a report."""
    return s.process.facts.get(KIND) in {COMPLAINT, BOTH}


def asked_for_secrecy(s: Situation) -> bool:
    """Whether who reported the clue asked that his name be withheld."""
    main = s.latest("clue")
    intake = main.facts.get("intake") if main else None
    return isinstance(intake, Mapping) and bool(intake.get("confidential"))
