"""Refusals outside the lifecycles: every reason at once, with the arrangement it rests on."""

from collections.abc import Iterable

from domain.lifecycle.plan import Reason, Refused
from domain.rulebook.rulebook import Rulebook


def refuse_if(rules: Rulebook, label: str, citation: str, texts: Iterable[str]) -> None:
    """Raises Refused with all the reasons, if there are any; else nothing.

    `label` is the act in Chinese, `citation` the id of the article or arrangement it rests on.
    """
    article = rules.cite(citation)
    reasons = tuple(Reason(text, citation, article) for text in texts)
    if reasons:
        raise Refused(label, reasons)
