"""What became of a document: corrected, changed or revoked by later papers, a review, a court."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select as select_columns
from sqlalchemy import update
from sqlmodel import Session, col, select

from domain.rulebook.rulebook import Rulebook
from domain.tables.process import Process
from domain.tables.record import IssuedDocument
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Statement, ask

REVOKED, VOID = "撤销", "确认无效"
PARTLY = "部分撤销"
OUTCOMES: Mapping[str, str] = {
    "changed": "变更",
    "settled": "调解变更",
    "partly_revoked": PARTLY,
    "revoked": REVOKED,
    "void": VOID,
    "unlawful": "确认违法",
}
"""What a review or a judgment did to a decision; all other outcomes leave it as it was."""
CONTESTED: Mapping[str, frozenset[str]] = {
    "decision": frozenset(
        {"penalty_decision", "no_penalty_decision", "amendment_decision", "spot_decision"}
    ),
    "measure": frozenset({"seizure_decision"}),
}
"""By what a remedy is directed against, the papers that may be meant."""
_KINDS = frozenset().union(*CONTESTED.values())
REMEDIES = Statement(
    select_columns(col(Process.clue_id), col(Process.opened_at), col(Process.facts))
    .where(
        among_told(col(Process.clue_id), "clues"),
        col(Process.kind) == "remedy",
        col(Process.state) == "concluded",
    )
    .order_by(col(Process.id)),
    steady=True,
)
"""Reviews and lawsuits that came to an end in clues."""


def altered_in_words(
    session: Session, rules: Rulebook, documents: Iterable[IssuedDocument]
) -> dict[int, str]:
    """By the id of each document that was altered: 已由示市监补〔2026〕1号补正.

    By papers of the organ, and by reviews and judgments, in this order.
    """
    known = list(documents)
    found = _by_papers(session, rules, known)
    for key, words in _by_remedies(session, known).items():
        found[key] = "；".join(filter(None, (found.get(key), words)))
    return found


def _by_papers(
    session: Session, rules: Rulebook, documents: Iterable[IssuedDocument]
) -> dict[int, str]:
    by = {one.id or 0: one.altered_by_id for one in documents if one.altered_by_id}
    if not by:
        return {}
    query = select(IssuedDocument.id, IssuedDocument.kind, IssuedDocument.number).where(
        col(IssuedDocument.id).in_(sorted(set(filter(None, by.values())))),
        col(IssuedDocument.voided_at).is_(None),
    )
    told = {
        key: f"已由{number}{rules.documents[kind].alters}"
        for key, kind, number in session.exec(query)
    }
    return {document: told[key] for document, key in by.items() if key in told}


def _by_remedies(session: Session, documents: Iterable[IssuedDocument]) -> dict[int, str]:
    """What reviews and judgments did: each to the last paper of its kind made before it began."""
    asked = {one.id or 0 for one in documents if one.kind in _KINDS and not one.voided_at}
    clues = sorted({one.clue_id for one in documents if one.id in asked})
    if not clues:
        return {}
    [ended] = ask(session.connection(), (REMEDIES, {"clues": as_text(clues)}))
    remedies = [one for one in ended if _alters(one)]
    if not remedies:
        return {}
    papers = select(
        IssuedDocument.id, IssuedDocument.clue_id, IssuedDocument.kind, IssuedDocument.issued_at
    ).where(
        col(IssuedDocument.clue_id).in_(clues),
        col(IssuedDocument.kind).in_(sorted(_KINDS)),
        col(IssuedDocument.voided_at).is_(None),
    )
    issued = session.exec(papers.order_by(col(IssuedDocument.issued_at))).all()
    found: dict[int, list[str]] = {}
    for one in remedies:
        meant = CONTESTED[str(one.facts["contested"])]
        before = [
            key
            for key, clue, kind, at in issued
            if clue == one.clue_id and kind in meant and at <= one.opened_at
        ]
        if before and (last := before[-1] or 0) in asked:
            verb = OUTCOMES[str(one.facts["outcome"])]
            found.setdefault(last, []).append(f"已由{one.facts.get('outcome_no') or ''}{verb}")
    return {key: "；".join(words) for key, words in found.items()}


def _alters(remedy: Any) -> bool:
    contested, outcome = remedy.facts.get("contested"), remedy.facts.get("outcome")
    return contested in CONTESTED and outcome in OUTCOMES


def alter_instead(session: Session, void: IssuedDocument, fresh: IssuedDocument) -> None:
    """What a void paper corrected, changed or revoked, the one issued in its stead does now."""
    about = update(IssuedDocument).where(col(IssuedDocument.altered_by_id) == void.id)
    session.connection().execute(about.values(altered_by_id=fresh.id))


def is_revoked(words: str) -> bool:
    """Whether those words say that the document holds no more."""
    told = words.split("；")
    return any(one.endswith((REVOKED, VOID)) and not one.endswith(PARTLY) for one in told)
