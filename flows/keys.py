"""The keys of a site: of the audit chain, to seal reporters' names, and of verification codes.

They are never in a table.
"""

import fcntl
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet


@dataclass(frozen=True)
class Keys:
    """Key material, never printed."""

    chain: bytes
    seal: bytes
    match: bytes
    verify: bytes

    def __repr__(self) -> str:
        return "Keys(…)"

    def sealed(self, text: str) -> bytes:
        """A text that only the holder of the key file can read."""
        return Fernet(self.seal).encrypt(text.encode())

    def opened(self, sealed: bytes) -> str:
        """The text that was sealed."""
        return Fernet(self.seal).decrypt(sealed).decode()

    def blind(self, text: str) -> str:
        """A name for a person that equals itself and tells nothing."""
        return hmac.new(self.match, text.encode(), sha256).hexdigest()


def load_keys(path: Path) -> Keys:
    """The keys of the file; an absent file or key is made afresh, readable by its owner only."""
    found = _read(path)
    if set(_fresh()) - set(found):
        found = _completed(path)
    return Keys(
        bytes.fromhex(found["chain"]),
        found["seal"].encode(),
        bytes.fromhex(found["match"]),
        bytes.fromhex(found["verify"]),
    )


def _fresh() -> dict[str, str]:
    return {
        "chain": secrets.token_hex(32),
        "seal": Fernet.generate_key().decode(),
        "match": secrets.token_hex(32),
        "verify": secrets.token_hex(32),
    }


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _completed(path: Path) -> dict[str, str]:
    """Adds the keys that are missing; of several processes at once, one makes them for all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        found = {**_fresh(), **_read(path)}
        staged = path.with_name(f".{path.name}.{os.getpid()}")
        _write_synced(staged, json.dumps(found).encode())
        staged.replace(path)
    finally:
        os.close(handle)
    return found


def _write_synced(path: Path, content: bytes) -> None:
    """On the disk before it takes the old file's place: lost keys would lose the record."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
