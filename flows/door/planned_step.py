"""A step planned at the door, refused with what only the rows tell among all other reasons.

Nobody's act is dated before what happened to the clue already; no officer names a reporter who
asked for secrecy where others read it.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from sqlmodel import Session, col
from sqlmodel import select as select_rows

from domain.files.reporter_words import OWN_WORDS, tells_reporter
from domain.lifecycle.plan import Reason, Refused, Step, plan
from domain.limits.limit import in_words
from domain.rulebook.rulebook import Rulebook
from domain.shapes.lifecycles import Transition
from domain.situation.access import objections
from domain.situation.situation import SYSTEM, Situation
from domain.tables.process import Clue
from flows.door.locked_dossier import Held
from flows.door.registration import is_secret, known_reporter
from flows.site.keys import Keys
from flows.site.office import Office

LEEWAY = timedelta(minutes=1)
"""Who waited for another to finish looked at the clock before him; clocks differ a little, too."""
ABOUT_HIM = frozenset({"record", "complaint", "reward", "remedy", "service", "identification"})
"""Processes in which a reporter may have a part of his own: witness, complainant, party, owner."""
WRITTEN = frozenset({"text", "long_text", "rows"})
NUMBER = "clue_no"
"""Under which name forms and facts of an undertaking keep the number of a clue it is about."""
WITHHOLDING = "local-withhold"


def planned_step(
    session: Session, office: Office, held: Held | None, situation: Situation, action: str
) -> Step:
    """The step an action leads to; Refused with every reason, those of the rows among them.

    `held`: on what it is taken; None for what it begins.
    """
    root = held.root if held and isinstance(held.root, Clue) else None
    rules = office.rules
    transition = rules.lifecycles[situation.process.kind].actions[action]
    against = [
        *_too_early(held, situation, transition, rules),
        *_telling(session, office, root, situation, transition),
    ]
    if not against:
        return plan(situation, action, rules)
    others: tuple[Reason, ...] = ()
    try:
        plan(situation, action, rules)
    except Refused as refused:
        others = refused.reasons
    raise Refused(transition.label, (*others, *against))


def _too_early(
    held: Held | None, situation: Situation, transition: Transition, rules: Rulebook
) -> Iterator[Reason]:
    """Why an act cannot be dated so.

    The program's own work is as late as the round it belongs to, which people may overtake.
    """
    last = held.last if held else None
    if situation.actor.id == SYSTEM or last is None or situation.now >= last - LEEWAY:
        return
    citation = transition.basis[0]
    text = f"办理时间（{in_words(situation.now)}）不能早于上一步的办理时间（{in_words(last)}）"
    yield Reason(text, citation, rules.cite(citation))


def _telling(
    session: Session,
    office: Office,
    root: Clue | None,
    situation: Situation,
    transition: Transition,
) -> Iterator[Reason]:
    """Why what an officer wrote may not stand: it would go into papers and messages to others.

    What the reporter wrote himself is masked. Who has no part in the action is told nothing of a
    reporter.
    """
    kind, actor = situation.process.kind, situation.actor
    written = [one for one in _texts(situation, transition) if one[1]]
    if SYSTEM in actor.roles or kind in ABOUT_HIM or not written:
        return
    clues = [root] if root is not None else _clues_named(session, situation)
    secret = [one for one in clues if is_secret(one)]
    if not secret or objections(situation, transition, office.rules.roles, caused=False):
        return
    told = [label for label, texts in written if _tell(texts, secret, situation, office.keys)]
    if told:
        fields = "".join(f"「{label}」" for label in dict.fromkeys(told))
        text = (
            f"{fields}写有要求保密的举报人的姓名、电话或者住址，会随文书、办理记录为其他单位和当事人看到："
            "请改写为“举报人”；须作为证人询问的，办理「制作询问笔录」"
        )
        yield Reason(text, WITHHOLDING, office.rules.cite(WITHHOLDING))


def _texts(situation: Situation, transition: Transition) -> Iterator[tuple[str, list[str]]]:
    """What an officer writes in a form, by the label of its field."""
    for name, field in transition.form.items():
        if field.type not in WRITTEN or name in OWN_WORDS or name.startswith("reporter_"):
            continue
        value = situation.form.get(name)
        rows = value if isinstance(value, list | tuple) else ()
        cells = [str(cell) for row in rows if isinstance(row, dict) for cell in row.values()]
        yield field.label, [value] if isinstance(value, str) else cells


def _clues_named(session: Session, situation: Situation) -> list[Clue]:
    """The clues an undertaking is about: those it is bound to, and one of the actor's own office.

    A number of somebody else's that is only typed in tells nothing of that one's reporter.
    """
    typed = str(situation.form.get(NUMBER) or "")
    bound = {str(one.facts.get(NUMBER) or "") for one in situation.processes}
    numbers = {one for one in (typed, *bound) if one}
    if not numbers:
        return []
    found = session.exec(select_rows(Clue).where(col(Clue.no).in_(numbers)))
    own = situation.actor.department
    return [one for one in found if one.no in bound or one.department_id == own]


def _tell(texts: Iterable[str], secret: Iterable[Clue], situation: Situation, keys: Keys) -> bool:
    """Whether one of the texts tells who reported one of the clues.

    What also stands in the party's name or places tells nothing of him.
    """
    texts = tuple(texts)
    named = tuple(str(one.facts.get("legal_person") or "") for one in situation.processes)
    return any(
        tells_reporter(text, known_reporter(clue, keys), (*_of_party(clue), *named))
        for clue in secret
        for text in texts
    )


def _of_party(clue: Clue) -> tuple[str, ...]:
    return clue.subject_name, clue.subject_address, clue.place
