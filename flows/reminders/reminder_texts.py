"""Texts of reminders, and the drafts that the higher rungs lay ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from documents.values.filters import cn_until
from domain.limits.limit import lateness_in_words
from domain.rulebook.quotation import limit_subject, quote_articles
from domain.rulebook.rulebook import Rulebook
from domain.shapes.calendars import Rung
from domain.tables.process import Clock
from flows.afterwards.desk_letters import Letter, limit_in_words
from flows.door.locked_dossier import Root, called


@dataclass(frozen=True)
class Lateness:
    """A clock near or past its due moment, as the texts see it."""

    rules: Rulebook
    clock: Clock
    root: Root
    now: datetime

    @property
    def what(self) -> str:
        """The clue or undertaking it is a limit of, with its number."""
        return called(self.rules, self.root)

    @property
    def limit(self) -> str:
        """What the limit is called."""
        return self.rules.deadlines[self.clock.rule].label

    @property
    def said(self) -> str:
        """What the limit is about, as a letter names it."""
        return limit_subject(self.rules.deadlines[self.clock.rule])

    @property
    def owner(self) -> str:
        """Who owes it."""
        return self.rules.departments[self.clock.owner_id].name

    @property
    def standing(self) -> str:
        """How far it is from the due moment, in words."""
        if self.now <= self.clock.due_at:
            return "请在届满前办理"
        return lateness_in_words(self.clock.due_at, self.now)


def reminder_text(late: Lateness, rung: Rung) -> Letter:
    """A reminder: which limit, whose, until when, on which article."""
    lines = [
        f"{late.what}，{late.owner}：{late.standing}。",
        limit_in_words(late.clock, late.rules),
    ]
    if rung.drafts:
        lines.append("文书已经拟好，请审核；不需要的，请注明理由作废。")
    title = f"{rung.label}：{late.root.no} {late.limit}"
    return Letter(f"reminder.{rung.id}", title, "\n".join(lines))


def trigger_text(late: Lateness) -> str:
    """Why an order of supervision is drafted."""
    due, basis = cn_until(late.clock.due_at), quote_articles(late.rules, [late.clock.basis])
    ground = f"（依据{basis}）" if basis else ""
    return f"{late.said}应于{due}前完成，{late.standing}{ground}"


def circular(late: Lateness, holder: str) -> Letter:
    """The draft of a circular about a limit missed for long."""
    lines = [
        f"关于{late.owner}逾期办理问题线索的通报（拟稿）",
        f"{late.what}由{late.owner}办理。{trigger_text(late)}。",
        "现予通报，请立即办结，并书面报告逾期原因和办理结果。",
    ]
    return Letter("draft.circular", f"通报拟稿：{late.root.no}", "\n".join(lines))


def filing_supervision_proposal(late: Lateness, holder: str) -> Letter:
    """The draft of a proposal that the procuratorate supervise the police's filing."""
    basis = late.rules.lifecycles["referral"].actions["ask_supervision"].basis
    articles = quote_articles(late.rules, basis)
    lines = [
        "关于建议依法进行立案监督的函（拟稿）",
        f"{late.rules.departments[holder].name}移送{late.owner}的涉嫌犯罪案件（{late.what}），"
        f"{trigger_text(late)}。",
        f"依据{articles}，建议依法进行立案监督。",
    ]
    title = f"建议立案监督函拟稿：{late.root.no}"
    return Letter("draft.filing_supervision_proposal", title, "\n".join(lines))


DRAFTS: Mapping[str, Callable[[Lateness, str], Letter]] = {
    "circular": circular,
    "filing_supervision_proposal": filing_supervision_proposal,
}
"""The drafts that are laid ready as texts, by the names that the ladders use."""
