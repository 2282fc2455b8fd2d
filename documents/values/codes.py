"""Verification codes: eight characters that only the holder of the key can derive. Pure.

A code stands in the document itself, so it cannot depend on the finished bytes. It is bound to
what is known before: organ, kind, number, moment, clue, template and every fact printed.
"""

import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

CODE = "校验码"
"""The fact's name in templates."""
CORE = "docProps/core.xml"
"""The member of a Word file that carries the code whether the template prints it or not."""
QR = "校验二维码"
"""The alternative text of the picture in a template that becomes the document's QR code."""
SPECIMEN = "样张，未经制发"
"""What the QR code of a paper says that nobody has issued."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _BITS = 8, 5
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title>'
    "<dc:creator>{organ}</dc:creator><dc:identifier>{code}</dc:identifier>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created></cp:coreProperties>'
)
_canonical = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode
_IDENTIFIER = re.compile(r"<dc:identifier>([^<]{1,40})</dc:identifier>")


@dataclass(frozen=True)
class Identity:
    """What a code is bound to: everything about a document but its bytes."""

    organ: str
    kind: str
    number: str | None
    issued_at: datetime
    clue_id: int
    process: str
    template_sha256: str
    facts: Mapping[str, object]


def derive_code(identity: Identity, key: bytes) -> str:
    """The code of a document: eight characters of Crockford's base 32, 40 bits of an HMAC.

    `key` is the site's key for codes. Equal identities give equal codes, so that a stored row can
    be held against the code it was issued with. No letter of the alphabet is taken for a digit.
    """
    told = {
        "organ": identity.organ,
        "kind": identity.kind,
        "number": identity.number,
        "issued_at": identity.issued_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "clue": identity.clue_id,
        "process": identity.process,
        "template": identity.template_sha256,
        "facts": {name: value for name, value in identity.facts.items() if name != CODE},
    }
    digest = hmac.digest(key, _canonical(told).encode(), "sha256")
    value = int.from_bytes(digest[: _LENGTH * _BITS // 8])
    places = range((_LENGTH - 1) * _BITS, -1, -_BITS)
    return "".join(_ALPHABET[value >> place & 31] for place in places)


def shown_code(code: str) -> str:
    """A code as it is printed and read aloud: two groups of four (QDPM-2EGV)."""
    return f"{code[:4]}-{code[4:]}"


def read_code(text: str) -> str | None:
    """The code that somebody typed, however he wrote it; None where it is no code."""
    plain = re.sub(r"[\s\-－—_]", "", text).upper().translate(_READ_AS)
    fits = len(plain) == _LENGTH and set(plain) <= set(_ALPHABET)
    return plain if fits else None


def core_properties(title: str, organ: str, code: str, at: datetime) -> bytes:
    """The properties of an issued file: title, organ, code and moment, and no author's name."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _PROPERTIES.format(
        title=escape(title), organ=escape(organ), code=escape(code), at=moment
    ).encode()


def code_inside(properties: bytes) -> str | None:
    """The code that a file's properties carry, if it was issued here."""
    found = _IDENTIFIER.search(properties.decode("utf-8", "replace"))
    return read_code(found[1]) if found else None


def check_address(base_url: str, code: str) -> str:
    """Where anybody looks up a code: what the QR code of a document leads to."""
    return f"{base_url.rstrip('/')}/v/{code}"
