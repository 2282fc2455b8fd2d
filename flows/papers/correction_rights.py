"""Who may void a paper or issue it anew, and what is done instead once it left the house."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from documents.values.filters import cn_date
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import CHINA, Actor
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument

CORRECTORS = frozenset({"legal_reviewer", "department_head", "principal"})
"""The chairs of the issuing organ that may void: legal staff and the signer's heads."""
HEADS = ("department_head", "principal")
LONGEST_REASON = 500
CORRECT, REPLACE = ("paper_change.ask_correction",), ("paper_change.ask_replacement",)
"""The acts for kinds that have none of their own."""


@dataclass(frozen=True)
class Correction:
    """Who corrects, when, and why."""

    actor: Actor
    now: datetime
    reason: str = ""


def objections(
    rules: Rulebook, row: IssuedDocument, clue: Clue, correction: Correction
) -> list[str]:
    """Everything that stands against voiding a document; one that left the house is not voided."""
    reasons = _against_anybody(row, clue, correction)
    if row.voided_at is not None:
        reasons.append("该文书已经作废")
        return reasons
    return [*reasons, *_against_voiding(rules, row, correction)]


def objections_to_reissue(
    rules: Rulebook, row: IssuedDocument, clue: Clue, correction: Correction
) -> list[str]:
    """Everything against issuing it anew: the same, and whoever issues it has to sign it."""
    reasons = _against_anybody(row, clue, correction)
    if row.voided_at is None:
        reasons += _against_voiding(rules, row, correction)
    chairs = signing_chairs(rules.documents[row.kind].signer)
    if not correction.actor.roles & chairs:
        names = "或者".join(rules.roles[one].label for one in sorted(chairs))
        reasons.append(
            f"《{row.title}》由{names}签发，请由其重新制发；法制人员可以先作废尚未送出的文书"
        )
    return reasons


def signing_chairs(signer: str) -> frozenset[str]:
    """Who may sign a paper anew: the chair that signs its kind, or a head above it."""
    if signer in HEADS:
        return frozenset(HEADS[HEADS.index(signer) :])
    return CORRECTORS | {signer}


def _against_anybody(row: IssuedDocument, clue: Clue, correction: Correction) -> list[str]:
    actor = correction.actor
    reasons: list[str] = []
    if actor.department != row.organ or not actor.roles & CORRECTORS:
        reasons.append("只能由制发机关的法制人员、机关负责人或者主要负责人作废、重新制发文书")
    if clue.state == "archived":
        reasons.append("线索已经归档，归档后不得改动")
    if len(text := correction.reason.strip()) > LONGEST_REASON:
        reasons.append(f"作废理由不能超过{LONGEST_REASON}个字，现有{len(text)}个字")
    return reasons


def _against_voiding(rules: Rulebook, row: IssuedDocument, correction: Correction) -> list[str]:
    reasons: list[str] = []
    if correction.actor.id == row.issued_by:
        reasons.append("签发人不能自行作废本人签发的文书，须由法制人员或者上级负责人办理")
    if row.left_at is not None:
        day = cn_date(row.left_at.astimezone(CHINA).date())
        reasons.append(
            f"《{row.title}》{row.number or ''}已于{day}送出，不能作废；{instead(rules, row)}"
        )
    if not correction.reason.strip():
        reasons.append("请写明作废理由")
    return reasons


def instead(rules: Rulebook, row: IssuedDocument) -> str:
    """In words: the act for slips of the pen, and the act for what the paper says."""
    declared = rules.documents[row.kind]
    slips = _named(rules, _own(row, declared.corrected_with) or CORRECT)
    content = _named(rules, _own(row, declared.undone_with) or REPLACE)
    return f"笔误、遗漏请办理{slips}，内容有误请办理{content}"


def _own(row: IssuedDocument, acts: Sequence[str]) -> Sequence[str]:
    """Of the acts that mend a kind of paper, those of the process that issued this one."""
    return [one for one in acts if one.partition(".")[0] == row.process_kind] or acts


def _named(rules: Rulebook, actions: Iterable[str]) -> str:
    """The acts as their tables call them, each told once."""
    found = dict.fromkeys(_label(rules, one) for one in actions)
    return "或者".join(f"「{one}」" for one in found)


def _label(rules: Rulebook, action: str) -> str:
    process, _, name = action.partition(".")
    return rules.lifecycles[process].actions[name].label
