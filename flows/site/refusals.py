"""Refusals outside the lifecycles: every reason at once, with the arrangement it rests on."""

from collections.abc import Iterable

from domain.lifecycle.plan import Reason, Refused
from domain.rulebook.rulebook import Rulebook


def refuse_if(rules: Rulebook, label: str, citation: str, texts: Iterable[str]) -> None:
    """Refused with all the reasons, if there are any."""
    article = rules.cite(citation)
    reasons = tuple(Reason(text, citation, article) for text in texts)
    if reasons:
        raise Refused(label, reasons)
