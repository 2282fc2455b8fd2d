"""Orders that are clues already: what comes again with other words, and the wish for secrecy.

A file or a platform may send an order a second time: nothing is changed but that a wish for
secrecy, uttered late, is kept; every field that differs is told, the reporter's without its words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from domain.files.work_order import IncomingClue, RowRejection
from domain.tables.process import Clue
from flows.door.first_look import INTAKE
from flows.door.reporters import Reporter, open_reporter
from flows.door.steps import Command, perform_in
from flows.imports.clerk import Clerk
from flows.matching.looks import without_reporter_of
from flows.people.actors import system_actor
from flows.site.keys import Keys

Key = tuple[str, str]
"""The channel and the outside number of an order."""
COLUMNS: Mapping[str, str] = {
    "title": "标题",
    "content": "内容",
    "category": "诉求类型",
    "place": "发生地点",
    "subject_name": "当事人",
    "subject_code": "证件号码",
    "subject_phone": "当事人电话",
    "subject_address": "当事人住所",
}
NOW_SECRET = (
    "该编号已登记过，反映人这次要求保密，已登记保密要求；标题、内容中的姓名等即行隐去，"
    "此前已制发的文书和已记入的办理记录保留原样，请注意保管"
)
ASKED_AGAIN = "反映人在后来的来件中要求保密"


@dataclass(frozen=True)
class KnownOrder:
    """What is registered of an order; `reporter` is in clear, to be compared and nothing else."""

    clue_id: int
    told: Mapping[str, str]
    reporter: Reporter
    confidential: bool


def known_among(
    session: Session, parsed: Iterable[IncomingClue | RowRejection], keys: Keys
) -> dict[Key, KnownOrder]:
    """Those that are clues already, by channel and outside number."""
    found: dict[Key, KnownOrder] = {}
    wanted: dict[str, list[str]] = {}
    for one in parsed:
        if isinstance(one, IncomingClue):
            wanted.setdefault(one.channel, []).append(one.outside_no)
    for channel, numbers in wanted.items():
        query = select(Clue).where(col(Clue.channel) == channel, col(Clue.outside_no).in_(numbers))
        for clue in session.exec(query):
            found[channel, str(clue.outside_no)] = _known(clue, keys)
    return found


def _known(clue: Clue, keys: Keys) -> KnownOrder:
    intake = clue.facts.get(INTAKE)
    sealed = clue.reporter_sealed
    return KnownOrder(
        clue_id=clue.id or 0,
        told={name: str(getattr(clue, name) or "") for name in COLUMNS},
        reporter=open_reporter(sealed, keys) if sealed else Reporter("", ""),
        confidential=isinstance(intake, dict) and bool(intake.get("confidential")),
    )


def differences(incoming: IncomingClue, known: KnownOrder) -> tuple[str, ...]:
    """What an order that comes again says otherwise than is registered, by the fields' names.

    A field that is empty this time differs in nothing.
    """
    incoming = replace(incoming, confidential=incoming.confidential or known.confidential)
    told = without_reporter_of(incoming)
    # A name that is withheld on one side only makes no difference.
    own = {name: known.told[name] for name in ("title", "content")}
    stood = without_reporter_of(replace(incoming, **own))  # type: ignore[arg-type]
    before_it = {**known.told, "title": stood.title, "content": stood.content}
    named: list[tuple[str, str, str]] = [
        (label, str(getattr(told, name)), before_it[name]) for name, label in COLUMNS.items()
    ]
    named += [
        ("反映人", incoming.reporter_name or incoming.reporter_account, known.reporter.name),
        ("反映人联系电话", incoming.reporter_phone, known.reporter.phone),
        ("反映人地址", incoming.reporter_address, known.reporter.address),
    ]
    return tuple(label for label, now, before in named if now and now != before)


def said_again(incoming: IncomingClue, known: KnownOrder | None) -> tuple[str, ...]:
    """What to say of an order that is registered already."""
    if known is None:
        return ()
    fields = "、".join(differences(incoming, known))
    told = (
        f"该编号已登记过，但{fields}与已登记的不同，未作改动；请核对是补充情况还是编号重复，"
        "需要改的在线索页面「更正登记信息」",
    )
    secret = (NOW_SECRET,) if incoming.confidential and not known.confidential else ()
    return told * bool(fields) + secret


def keep_secret(session: Session, clerk: Clerk, known: KnownOrder) -> None:
    """Registers that the reporter of a known order asks for secrecy after all."""
    command = Command("ask_secrecy", clue=known.clue_id, form={"reason": ASKED_AGAIN})
    office = clerk.office
    perform_in(session, office, command, system_actor(office.settings.desk), clerk.now)
