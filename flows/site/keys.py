"""The keys of a site: of the audit chain, to seal reporters' names, and of verification codes.

They are never in a table.
"""

import fcntl
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

NEVER_ANEW = ("chain", "seal", "match")
"""Keys that nothing can take the place of once anything is recorded."""
UNOPENED = (
    "加密保存的内容（举报人信息等）用现有的密钥打不开：密钥文件与保存时的不同。"
    "请放回保存时的密钥文件后再办理；找不到的，请联系管理员从备份中恢复"
)


_lock = lru_cache(maxsize=8)(Fernet)
"""Made once for each key: to make one takes longer than to seal a name with it."""


class WrongKeys(Exception):
    """The keys at hand are not the site's own: in Chinese, with what to do."""


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
        """A text encrypted, so that only the holder of the key file can read it."""
        return self.sealed_bytes(text.encode())

    def opened(self, sealed: bytes) -> str:
        """The text that was sealed; other keys than those it was sealed with open nothing."""
        return self.opened_bytes(sealed).decode()

    def sealed_bytes(self, content: bytes) -> bytes:
        """Bytes encrypted like a text."""
        return _lock(self.seal).encrypt(content)

    def opened_bytes(self, sealed: bytes) -> bytes:
        """The bytes that were sealed; WrongKeys with other keys than those."""
        try:
            return _lock(self.seal).decrypt(sealed)
        except InvalidToken as problem:
            raise WrongKeys(UNOPENED) from problem

    def blind(self, text: str) -> str:
        """A keyed hash of a person's number or name: equal for equal ones, and telling nothing."""
        # Keyed, for there are few enough telephone numbers to hash them all and compare.
        return hmac.new(self.match, text.encode(), sha256).hexdigest()


def load_keys(path: Path, *, in_use: bool = False) -> Keys:
    """The keys of the file; an absent file or key is made afresh, readable by its owner only.

    Not so where they are `in_use`: new ones would fit nothing that is recorded. Raises WrongKeys,
    in Chinese with what to do, where keys in use are absent or the file is damaged.
    """
    found = _read(path)
    missing = set(_fresh()) - set(found)
    if in_use and not missing.isdisjoint(NEVER_ANEW):
        raise WrongKeys(_not_found(path))
    if missing:
        found = _completed(path)
    try:
        Fernet(found["seal"].encode())
        chain, match, verify = (bytes.fromhex(found[one]) for one in ("chain", "match", "verify"))
    except ValueError as problem:
        raise WrongKeys(_damaged(path)) from problem
    return Keys(chain, found["seal"].encode(), match, verify)


def wrong_keys_text(path: Path) -> str:
    """What is said of a key file that belongs to another record."""
    return (
        f"密钥文件 {path.resolve()} 与数据库不符：办理记录不是用这个密钥保存的，"
        "但这不表示记录被改动。"
        f"请换回本数据库的密钥文件；{_ELSEWHERE}"
    )


_ELSEWHERE = "密钥文件在别处的，用 --home 指明数据目录，或者用环境变量 YISONG_KEY_FILE 指明密钥文件"


def _not_found(path: Path) -> str:
    return (
        f"数据库中已有办理记录，但是没有它的密钥：应在 {path.resolve()}。"
        "另造密钥会使记录链断裂、举报人信息打不开，所以没有继续。"
        f"请把原来的密钥文件放回此处；{_ELSEWHERE}"
    )


def _damaged(path: Path) -> str:
    return f"密钥文件 {path.resolve()} 不完整或者已损坏，请从备份中恢复；{_ELSEWHERE}"


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
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise WrongKeys(_damaged(path)) from problem
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise WrongKeys(_damaged(path))
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
