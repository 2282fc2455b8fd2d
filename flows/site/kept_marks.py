"""Marks of what is kept beside clues: tokens, webhooks, templates, standards, years, departments.

Such a row decides who comes in, what papers look like and when a limit ends; put in or altered
beside the record it would bind everybody. The event of its keeping bears a mark of it, as events
of steps bear those of clues. Passwords are among them: a hash in another's place opens his account.
"""

import hmac
from collections.abc import Mapping
from hashlib import sha256

from sqlmodel import SQLModel

from domain.tables.interface import ApiToken, Webhook
from domain.tables.session import Password
from domain.tables.site import SiteCalendar, SiteDepartment, SiteMapping, SiteStandard
from domain.tables.substitution import Substitution
from domain.tables.template import TemplateVersion
from domain.tables.warning import IndicatorSetting
from flows.site.row_marks import MARKS, mark_of

# These lists are part of every mark ever made: a column that a table gets later is not added here.
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
}
"""By the kind of thing that events tell of: its table, and the columns that a mark binds."""
PASSWORD = "password"
"""Where the mark of one stands."""


def kept_mark(kind: str, row: SQLModel, key: bytes) -> str:
    """The mark of such a row as it is now."""
    _, columns = KEPT[kind]
    return mark_of({name: getattr(row, name) for name in columns}, key)


def marked(kind: str, row: SQLModel, key: bytes) -> dict[str, object]:
    """What the event of a row's keeping tells besides: its mark, under its own number."""
    number = getattr(row, "id", 0)
    return {MARKS: {f"{kind}-{number}": kept_mark(kind, row, key)}}


def password_mark(row: Password, key: bytes) -> str:
    """The mark of a user's password: of its hash, which tells nothing to whoever lacks the key."""
    return hmac.new(key, f"{row.user_id}\n{row.hash}".encode(), sha256).hexdigest()[:32]


def password_marked(row: Password, key: bytes) -> dict[str, object]:
    """What the event of a new password tells besides."""
    return {MARKS: {PASSWORD: password_mark(row, key)}}
