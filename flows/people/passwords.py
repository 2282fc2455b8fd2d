"""Passwords: first ones, what is good enough, and Argon2id hashes made a few at a time."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from flows.people.password_rules import LONGEST, PasswordRules

# 19 MiB, two rounds, one lane: the least that OWASP's cheat sheet on storing passwords advises. A
# hash bears its own figures, so that old ones still verify when these are raised.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODY = (
    f"$argon2id$v=19$m={HASHER.memory_cost},t={HASHER.time_cost},p={HASHER.parallelism}"
    f"${'A' * 22}${'A' * 43}"
)
"""Checked where there is no such user, so that an answer takes as long as for one.

A hash of nobody's password, with the figures of those that are stored. Every command loads this
module: to have one made there takes longer than to look at a clue.
"""
_TURNS = BoundedSemaphore(2)
"""Each hash takes 19 MiB and a processor: many sign-ins at once wait for one another."""
_PLACES = BoundedSemaphore(10)
"""So many wait or are at work; the others are told to come back, and hold no thread."""
WAIT_SECONDS = 5.0
USUAL = PasswordRules()
PIECES, PIECE = 4, 4
EASY = "abcdefghjkmnpqrstuvwxyz23456789"
"""Signs that nobody takes for one another when he copies them from paper."""


class Crowded(Exception):
    """Too many passwords are looked at just now; nothing was counted."""

    def __init__(self) -> None:
        super().__init__("登录的人较多，请稍候片刻再试")


class WeakPassword(Exception):
    """A password that is not accepted; says what one must be like."""


def first_password() -> str:
    """A password to be copied once: four groups of signs that are easily told apart."""
    groups = ["".join(secrets.choice(EASY) for _ in range(PIECE)) for _ in range(PIECES)]
    return "-".join(groups)


def hash_password(password: str, user_id: str, rules: PasswordRules = USUAL) -> str:
    """The hash to store; WeakPassword, in Chinese, where the rules find it not good enough."""
    if complaint := rules.complaint(password, user_id):
        raise WeakPassword(complaint)
    with _turn():
        return HASHER.hash(password)


@contextmanager
def _turn() -> Iterator[None]:
    if not _PLACES.acquire(blocking=False):
        raise Crowded
    try:
        if not _TURNS.acquire(timeout=WAIT_SECONDS):
            raise Crowded
        try:
            yield
        finally:
            _TURNS.release()
    finally:
        _PLACES.release()


def password_matches(stored: str | None, password: str) -> bool:
    """Whether the password is the one hashed; takes as long where nothing is stored.

    Raises Crowded, as `hash_password` does, where too many ask at once.
    """
    # Cut, so that megabytes are not hashed; one sign over the limit still fits no stored password.
    with _turn():
        try:
            return HASHER.verify(stored or NOBODY, password[: LONGEST + 1]) and stored is not None
        except (VerificationError, InvalidHashError):
            return False
