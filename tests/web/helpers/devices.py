"""A device with a passkey, in Python: makes a key and answers questions as a browser sends them."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from re import search
from secrets import token_bytes

from cbor2 import dumps
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, NEW_KEY = 0x05, 0x40


@dataclass
class Device:
    """One key on one device; `uses` stays at 0 on devices that copy their keys to others."""

    name: bytes = field(default_factory=lambda: token_bytes(16))
    uses: int = 0
    key: object = field(default_factory=lambda: generate_private_key(SECP256R1()))

    def creates(self, question: str, origin: str) -> str:
        """The answer to a page's question for a new key."""
        point = self.key.public_key().public_numbers()  # type: ignore[attr-defined]
        public = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        told = bytes(16) + len(self.name).to_bytes(2) + self.name + dumps(public)
        asked = json.loads(question)
        data = self._data(asked["rp"]["id"], PRESENT | NEW_KEY) + told
        made = dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = _client("webauthn.create", asked["challenge"], origin)
        return self._answer({"clientDataJSON": client, "attestationObject": made})

    def answers(self, question: str, origin: str) -> str:
        """The signed answer to a page's question."""
        asked = json.loads(question)
        data = self._data(asked["rpId"], PRESENT)
        client = _client("webauthn.get", asked["challenge"], origin)
        signed = self.key.sign(data + sha256(client).digest(), ECDSA(SHA256()))  # type: ignore[attr-defined]
        return self._answer(
            {"clientDataJSON": client, "authenticatorData": data, "signature": signed}
        )

    def _data(self, site: str, flags: int) -> bytes:
        return sha256(site.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4)

    def _answer(self, response: dict[str, bytes]) -> str:
        told = {name: letters(value) for name, value in response.items()}
        name = letters(self.name)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": told})


def question_of(page: str, *, creates: bool = False) -> str:
    """What a page asks the browser's devices."""
    part = page[page.index(f'data-passkey="{"create" if creates else "get"}"') :]
    found = search(r'data-passkey-question="(.+?)"', part)
    assert found, page
    return unescape(found[1])


def sealed_of(page: str, *, creates: bool = False) -> str:
    """The sealed question of the same form, which goes back with the answer."""
    part = page[page.index(f'data-passkey="{"create" if creates else "get"}"') :]
    found = search(r'name="(?:sealed|half)" value="(.+?)"', part)
    assert found, page
    return found[1]


def letters(content: bytes) -> str:
    """Bytes as browsers write them."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def content(text: str) -> bytes:
    """What `letters` wrote."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _client(kind: str, challenge: str, origin: str) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()
