"""Citations that want a lawyer's eye: unchecked for a year, unseen in the text, or out of force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.rulebook.rulebook import CitedArticle, Rulebook

ONE_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Stale:
    """A citation, why it wants attention, and what rests on it."""

    article: CitedArticle
    reasons: tuple[str, ...]
    used_by: tuple[str, ...]

    def __str__(self) -> str:
        users = "、".join(self.used_by) or "未被引用"
        return f"{self.article.id} {self.article}：{'；'.join(self.reasons)}（用于：{users}）"


def stale_citations(rules: Rulebook, day: date) -> list[Stale]:
    """Every citation that legal staff should look at on a day, with its reasons, by id.

    A reason is: not checked for 365 days; in use though its text was not seen; in use though out
    of force.
    """
    used = _uses(rules, day)
    found = [
        Stale(article, tuple(reasons), tuple(sorted(used.get(key, ()))))
        for key, article in rules.citations.items()
        if (reasons := list(_reasons(article, day, key in used)))
    ]
    return sorted(found, key=lambda one: one.article.id)


def _reasons(article: CitedArticle, day: date, in_use: bool) -> Iterable[str]:
    if day - article.last_checked > ONE_YEAR:
        yield f"上次核对是{article.last_checked}，已满一年"
    if article.evidence in {"secondary", "memory"} and in_use:
        yield "未见条文原文，待法制核对"
    if article.until is not None and article.until <= day and in_use:
        yield f"{article.until}起失效，仍被引用"


def _uses(rules: Rulebook, day: date) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    for key, rule in rules.deadlines.items():
        value = rule.in_force(day)
        for basis in [value.basis] if value else []:
            used.setdefault(basis, set()).add(f"时限{key}")
    for kind, lifecycle in rules.lifecycles.items():
        for name, action in lifecycle.actions.items():
            for basis in action.basis:
                used.setdefault(basis, set()).add(f"操作{kind}.{name}")
    for key, offence in rules.offences.items():
        used.setdefault(offence.article, set()).add(f"罪名{key}")
        for _, threshold in offence.in_force(day):
            used.setdefault(threshold.basis, set()).add(f"罪名{key}")
    return used
