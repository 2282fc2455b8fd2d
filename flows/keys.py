"""The keys of a site: of the audit chain, and to seal reporters' names. Never in a table."""

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
    """The keys of the file; an absent one is made afresh, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = {
        "chain": secrets.token_hex(32),
        "seal": Fernet.generate_key().decode(),
        "match": secrets.token_hex(32),
    }
    staged = path.with_name(f".{path.name}.{os.getpid()}")
    if not path.exists():
        staged.write_text(json.dumps(fresh), encoding="utf-8")
        staged.chmod(0o600)
        try:
            os.link(staged, path)
        except FileExistsError:
            pass
        finally:
            staged.unlink()
    found = json.loads(path.read_text(encoding="utf-8"))
    return Keys(
        bytes.fromhex(found["chain"]), found["seal"].encode(), bytes.fromhex(found["match"])
    )
