"""QR codes of a site's addresses are put together, and are dot for dot what the library draws."""

from itertools import product
from random import Random

import pytest

from documents.values import code_rows
from documents.values.code_rows import rows_of
from documents.values.codes import check_address
from documents.values.qr_modules import Rows, encoded_rows

DIGITS, LETTERS = "0123456789", "ABCDEFGHJKMNPQRSTVWXYZ"
SITES = (
    "http://127.0.0.1:8000",
    "https://yisong.example.gov.cn",
    "https://示例.政务.cn/yisong",
    "HTTP://A.CN",
    "https://zwfw.example.gov.cn:8443/2026/yisong/" + "long" * 20,
)


@pytest.mark.parametrize("site", SITES)
def test_a_code_is_the_librarys_wherever_its_digits_stand(site: str) -> None:
    """The library looks at nothing else when it chooses its modes: 256 ways, each tried."""
    random = Random(site)
    for ways in product((DIGITS, LETTERS), repeat=8):
        address = check_address(site, "".join(random.choice(one) for one in ways))
        assert rows_of(address) == encoded_rows(address), address


def test_every_character_is_drawn_right_at_every_place() -> None:
    for place, char in product(range(8), DIGITS + LETTERS):
        address = check_address(SITES[0], f"{'QDPM2EGV'[:place]}{char}{'QDPM2EGV'[place + 1 :]}")
        assert rows_of(address) == encoded_rows(address), address


def test_only_addresses_that_end_in_a_code_are_put_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def noting(text: str) -> Rows:
        asked.append(text)
        return encoded_rows(text)

    address = check_address(SITES[1], "QDPM2EGV")
    rows_of(address)
    monkeypatch.setattr(code_rows, "encoded_rows", noting)
    assert rows_of(address) == encoded_rows(address)
    others = ("otpauth://totp/yisong", "移送链尾 第3条", check_address(SITES[1], "QD2026GV"))
    assert [rows_of(one) for one in others] == [encoded_rows(one) for one in others]
    assert asked == list(others)


def test_where_a_library_draws_otherwise_it_draws_every_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As one that took the mask which suits each text best."""

    def unsteady(text: str) -> Rows:
        drawn = encoded_rows(text)
        return Rows(drawn.dots[::-1], drawn.wide) if "Z" in text else drawn

    monkeypatch.setattr(code_rows, "encoded_rows", unsteady)
    code_rows._site.cache_clear()

    for code in ("QDPM2EGV", "QDPM2EGZ"):
        address = check_address(SITES[1], code)
        assert rows_of(address) == unsteady(address)
    code_rows._site.cache_clear()
