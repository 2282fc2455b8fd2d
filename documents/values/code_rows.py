"""QR codes of addresses of one site, put together from parts instead of encoded each time.

Such addresses differ in nothing but the eight characters at their end. Text, error correction and
mask are sums without carry: what a bit of the text adds to the picture is always the same.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from documents.values.qr_modules import Rows, encoded_rows

_ADDRESS = re.compile(r".+[a-z](?=/[0-9A-Z]{8}\Z)")
"""All before the last stroke, where the standard goes over to the mode of digits and capitals."""
_DIGITS = re.compile(r"\d{4}")
"""From here on the library may choose a mode for digits alone: its picture differs everywhere."""
_VALUES = {
    char: place for place, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
}
_CHARS = "".join(_VALUES)
_BITS = (11, 11, 11, 11, 6)
"""Two characters make a number of eleven bits, the last alone one of six."""
_PLAIN, _TRIED = "/AAAAAAAA", ("/7K3Q9ZXM", "/000A111B", "/VWXYZ123")


@dataclass(frozen=True)
class _Site:
    """The picture of an address, and what each bit of its end that is another changes of it."""

    plain: int
    changes: tuple[tuple[int, ...], ...]
    length: int
    wide: int

    def rows(self, end: str) -> Rows:
        """The rows of the address with another end."""
        found = self.plain
        for number, plain, changes in zip(_numbers(end), _NUMBERS, self.changes, strict=True):
            other, place = number ^ plain, 0
            while other:
                if other & 1:
                    found ^= changes[place]
                other, place = other >> 1, place + 1
        return Rows(found.to_bytes(self.length), self.wide)


def rows_of(text: str) -> Rows:
    """The rows of a text's QR code, the same bytes as the library's."""
    found = _ADDRESS.match(text)
    if found is None or _DIGITS.search(text, found.end()):
        return encoded_rows(text)
    site = _site(found[0])
    return encoded_rows(text) if site is None else site.rows(text[found.end() :])


@lru_cache(maxsize=4)
def _site(head: str) -> _Site | None:
    """What a site's addresses are put together from; None where they do not add up."""
    plain = encoded_rows(head + _PLAIN)
    told = int.from_bytes(plain.dots)
    changes = tuple(
        tuple(
            told ^ int.from_bytes(encoded_rows(head + _with_bit(group, bit)).dots)
            for bit in range(bits)
        )
        for group, bits in enumerate(_BITS)
    )
    site = _Site(told, changes, len(plain.dots), plain.wide)
    adds_up = all(site.rows(one) == encoded_rows(head + one) for one in _TRIED)
    return site if adds_up else None


def _numbers(end: str) -> list[int]:
    values = [_VALUES[one] for one in end]
    pairs = zip(values[::2], values[1::2], strict=False)
    return [*(45 * first + second for first, second in pairs), values[-1]]


_NUMBERS = tuple(_numbers(_PLAIN))


def _with_bit(group: int, bit: int) -> str:
    """The plain end with one bit of one of its numbers turned over."""
    number = _NUMBERS[group] ^ 1 << bit
    told = divmod(number, 45) if _BITS[group] > 6 else (number,)
    start = 2 * group
    return _PLAIN[:start] + "".join(_CHARS[one] for one in told) + _PLAIN[start + len(told) :]
