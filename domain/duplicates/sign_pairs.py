"""Pairs of neighbouring signs as numbers: made and looked up in half the time of texts."""

import sys
from array import array
from collections.abc import Iterable

_UNIT = 2
"""Bytes of a sign."""


def units(text: str) -> bytes:
    """A text with two bytes for each sign; of one beyond the first 65,536 its first two stand."""
    data = text.encode("utf-16-le")
    if len(data) == _UNIT * len(text):
        return data
    return b"".join(sign.encode("utf-16-le")[:_UNIT] for sign in text)


def codes(data: bytes) -> list[int]:
    """The number of each pair of neighbours, in order."""
    found = [0] * max(0, len(data) // _UNIT - 1)
    pairs = len(data) // (2 * _UNIT)
    odd = len(found) // 2
    found[::2] = memoryview(data[: pairs * 2 * _UNIT]).cast("I").tolist()
    found[1::2] = memoryview(data[_UNIT : _UNIT + odd * 2 * _UNIT]).cast("I").tolist()
    return found


def pairs_in(text: str) -> list[int]:
    """The pairs of neighbouring signs of a text, in order."""
    return codes(units(text))


def distinct(found: Iterable[int]) -> "array[int]":
    """Each of the pairs once, in no order: four bytes each, where a set takes a hundred."""
    return array("I", set(found))


def written(code: int) -> str:
    """The two signs of a pair; empty where either is beyond the first 65,536."""
    found = code.to_bytes(2 * _UNIT, sys.byteorder).decode("utf-16-le", "ignore")
    return found if len(found) == _UNIT else ""
