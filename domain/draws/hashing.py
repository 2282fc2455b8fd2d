"""The hashes of a draw, as its record prescribes them: the same in any language, on any machine."""

import json
from collections.abc import Mapping
from hashlib import sha256

EDITION = "yisong-draw-1"
"""The edition of these rules; another rule of drawing bears another name."""
BETWEEN = "\x1f"


def digest(*parts: str) -> str:
    """SHA-256, in hex, of the UTF-8 parts joined by U+001F; a part must not contain that sign."""
    return sha256(BETWEEN.join(parts).encode()).hexdigest()


def canonical(content: Mapping[str, object]) -> str:
    """JSON with sorted keys, without spaces, in Unicode: the text that is hashed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def commitment_of(secret: str) -> str:
    """What is shown of a secret before it is opened."""
    return digest("commit", secret)


def public_seal(frame_sha: str, commitment: str) -> str:
    """What everybody is shown of both before the draw, and after it.

    The seal alone could be tried out: of a small frame every way to deal the classes can be hashed.
    The commitment beside it holds 32 random bytes, so that nothing can be tried.
    """
    return digest("public", frame_sha, commitment)


def seed_of(frame_sha: str, secret: str, numbers: tuple[str, ...]) -> str:
    """The seed: of the sealed frame, the secret, and the witnesses' numbers in their order."""
    return digest(EDITION, "seed", frame_sha, secret, *numbers)


def ticket_of(seed: str, thing: str) -> str:
    """The ticket of an object (its credit code, else the roster's permanent number).

    One per object and draw, so that all departments that draw together meet at the same doors.
    """
    return digest(EDITION, "object", seed, thing)


def officer_ticket(seed: str, thing: str, officer: str) -> str:
    """What decides between officers who have equally many objects so far."""
    return digest(EDITION, "officer", seed, thing, officer)
