"""Browsers in which a person has signed in before: a stranger's failures do not lock him out there.

The mark says nothing about the person's rights. It is bound to his id, and each browser has
failures of its own to count.
"""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from flows.site.office import Office

_NONCE = 16


@dataclass(frozen=True)
class Whence:
    """Where a sign-in comes from: its address, and the mark of the browser, if it has one."""

    address: str = ""
    browser: str = ""


def browser_mark(office: Office, account: str) -> str:
    """A new mark for the browser in which somebody has just signed in."""
    nonce = secrets.token_hex(_NONCE // 2)
    return f"{nonce}.{_signed(office, account, nonce)}"


def counted_under(office: Office, account: str, whence: Whence) -> str:
    """The name under which failures count: the browser's own where it is known, else the account's.

    Anything may come as a mark: one that is not ours is as good as none.
    """
    nonce, _, told = whence.browser.partition(".")
    ours = len(nonce) == _NONCE and hmac.compare_digest(
        told.encode(), _signed(office, account, nonce).encode()
    )
    return f"{account}\n{nonce}" if ours else account


def _signed(office: Office, account: str, nonce: str) -> str:
    words = f"browser\n{account}\n{nonce}"
    return hmac.new(office.keys.match, words.encode(), sha256).hexdigest()
