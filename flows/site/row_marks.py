"""Marks of rows: what a clue, process or limit said when an event was recorded, as a keyed hash.

An event carries the marks of what it left behind. The chain binds the event, and so a row altered
beside the record fits its last mark no more. A mark tells nothing to whoever lacks the key.

Rows that are kept beside clues – tokens, templates, departments … – decide who comes in, what
papers look like and when a limit ends: the event of their keeping bears a mark of each as well. A
password is among them: a hash in another's place opens the account.
"""

import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as plain_select
from sqlmodel import Session, SQLModel

from domain.tables.interface import ApiToken, Webhook
from domain.tables.process import Clock, Clue
from domain.tables.roster import Avoidance, RosterExpert, RosterOfficer, SubjectChange
from domain.tables.session import Password
from domain.tables.site import SiteCalendar, SiteDepartment, SiteMapping, SiteStandard
from domain.tables.substitution import Substitution
from domain.tables.template import TemplateVersion
from domain.tables.undertaking import Undertaking
from domain.tables.warning import IndicatorSetting

MARKS = "marks"
"""Where an event keeps them in its detail: by `root`, `clocks`, or KIND-ID of a process."""
ROOT, CLOCKS = "root", "clocks"
PROCESS = ("state", "department_id", "counterpart_id", "facts", "ended_at")
# These lists are part of every mark ever made: a column that a table gets later is not added here.
CLUE = (
    *("no", "channel", "outside_no", "received_at", "title", "content", "category", "place"),
    *("area", "desk_id", "sender_id", "matter_id", "hops", "binding", "merged_into_id"),
    *("subject_name", "subject_code", "subject_key", "subject_phone", "subject_address"),
    *("reporter_sealed", "reporter_key", "opened_at", *PROCESS),
)
UNDERTAKING = ("kind", "parent_id", "no", "title", "area", "opened_at", *PROCESS)
CLOCK = (
    *("process_kind", "process_id", "rule", "amount", "unit", "basis", "owner_id", "started_at"),
    *("due_on", "due_at", "breach_at", "paused", "pauses", "extensions", "ended_at", "end_reason"),
)
"""Not whether a date is provisional, nor the next reminder: these move without an event."""
_bound_of = attrgetter(*CLOCK)
_CLOCK = SQLModel.metadata.tables["clock"]
_CLOCKS = (
    plain_select(*(_CLOCK.c[name] for name in CLOCK))
    .where(_CLOCK.c.clue_id == bindparam("dossier"))
    .order_by(_CLOCK.c.id)
)


def process_mark(columns: Mapping[str, Any], key: bytes) -> str:
    """The mark of a process: its state, holder, other side, facts and end."""
    return mark_of({name: columns[name] for name in PROCESS}, key)


def root_mark(root: Clue | Undertaking, key: bytes) -> str:
    """The mark of a clue or undertaking: its words, parties, sealed reporter, state and facts."""
    names = CLUE if isinstance(root, Clue) else UNDERTAKING
    return mark_of({name: getattr(root, name) for name in names}, key)


def clocks_mark(session: Session, dossier_id: int, key: bytes) -> str:
    """The mark of all limits of a dossier, ended ones too, as the session has written them."""
    rows = session.connection().execute(_CLOCKS, {"dossier": dossier_id})
    return mark_of([list(one) for one in rows], key)


def own_marks(root: Clue | Undertaking, key: bytes, all_clocks: Iterable[Any]) -> dict[str, str]:
    """The marks of a dossier itself and of its limits, as they are now.

    `all_clocks`: every limit it has had, oldest first: what a step holds, or plain rows.
    """
    limits = [_of_clock(one) for one in all_clocks]
    return {ROOT: root_mark(root, key), CLOCKS: mark_of(limits, key)}


def _of_clock(one: Any) -> Iterable[Any]:
    # What a step holds is read whole: to look past the mapping is a third of the work.
    if isinstance(one, Clock):
        held = vars(one)
        return [held[name] for name in CLOCK]
    return _bound_of(one)


def mark_of(told: object, key: bytes) -> str:
    """A keyed hash of plain values, the same whichever database they came from."""
    return hmac.digest(key, _canonical(told).encode(), "sha256").hex()[:32]


def _plain(value: object) -> str:
    """The same for a value to be written and for the one read back from either database."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, bytes | memoryview):
        return sha256(bytes(value)).hexdigest()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


_canonical = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, check_circular=False, default=_plain
).encode


# --- what is kept beside clues ------------------------------------------------------------------

KEPT: Mapping[str, tuple[type[SQLModel], tuple[str, ...]]] = {
    "api_token": (
        ApiToken,
        (
            *("label", "token_sha256", "user_id", "channel", "scopes", "issued_at", "issued_by"),
            *("expires_at", "revoked_at", "revoked_by"),
        ),
    ),
    "webhook": (
        Webhook,
        ("label", "url", "events", "secret_sealed", "user_id", "made_by", "ended_at", "ended_by"),
    ),
    "substitution": (
        Substitution,
        (
            *("absent_id", "substitute_id", "department_id", "first_day", "last_day", "reason"),
            *("named_by", "ended_by", "ended_at"),
        ),
    ),
    "template": (
        TemplateVersion,
        (
            *("kind", "department_id", "sha256", "uploaded_by", "approved_by", "approved_at"),
            *("retired_by", "retired_at"),
        ),
    ),
    "discretion": (
        SiteStandard,
        (
            *("standard", "department_id", "from_day", "content", "entered_by", "confirmed_by"),
            *("confirmed_at", "rejected_by", "rejected_at"),
        ),
    ),
    "indicator": (IndicatorSetting, ("indicator", "chance", "wanted", "seed", "set_by")),
    "mapping": (SiteMapping, ("name", "content", "saved_by")),
    "department": (SiteDepartment, ("department_id", "from_day", "content", "changed_by")),
    "calendar": (SiteCalendar, ("year", "content", "uploaded_by")),
    "officer": (
        RosterOfficer,
        ("name", "department_id", "certificate_no", "valid_until", "fields", "left_on"),
    ),
    "expert": (RosterExpert, ("name", "unit", "area", "fields", "left_on")),
    "avoidance": (Avoidance, ("officer_id", "subject_id", "ground", "since", "until")),
}
"""By the kind of thing that events tell of: its table, and the columns that a mark binds."""
CHANGES, PASSWORD = "changes", "password"
"""Where the mark of the changes of a roster, of a password, stands."""


def kept_mark(kind: str, row: SQLModel, key: bytes) -> str:
    """The mark of such a row as it is now."""
    _, columns = KEPT[kind]
    return mark_of({name: getattr(row, name) for name in columns}, key)


def marked(kind: str, row: SQLModel, key: bytes) -> dict[str, object]:
    """What the event of a row's keeping tells besides: its mark, under its own number."""
    return all_marked(kind, [row], key)


def all_marked(kind: str, rows: Iterable[SQLModel], key: bytes) -> dict[str, object]:
    """The same of several rows that one event tells of."""
    return {MARKS: {f"{kind}-{getattr(one, 'id', 0)}": kept_mark(kind, one, key) for one in rows}}


def changes_mark(rows: Iterable[SubjectChange], key: bytes) -> str:
    """The mark of the changes of a roster that belong to one event, in their order."""
    told = [[one.subject_id, one.by, one.source, one.before, one.after] for one in rows]
    return mark_of(told, key)


def password_mark(row: Password, key: bytes) -> str:
    """The mark of a user's password: of its hash, which tells nothing to whoever lacks the key."""
    return hmac.new(key, f"{row.user_id}\n{row.hash}".encode(), sha256).hexdigest()[:32]


def password_marked(row: Password, key: bytes) -> dict[str, object]:
    """What the event of a new password tells besides."""
    return {MARKS: {PASSWORD: password_mark(row, key)}}
