"""A run that may not do without a program fails where a test lacks it; any other run skips it."""

from collections.abc import Iterator

import pytest

from tests.helpers.wanted import VARIABLE, insist_or_skip, wants

LACK = "no lighthouse"


class Wanting:
    """A test that wants a thing which is not there."""

    def __init__(self, lack: str | None) -> None:
        self.lack = lack

    def iter_markers(self, name: str) -> Iterator[pytest.Mark]:
        yield wants("lighthouse", self.lack).mark


@pytest.mark.parametrize("required", ["", "office", "lighthouses"])
def test_what_lacks_is_skipped_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, required: str
) -> None:
    monkeypatch.setenv(VARIABLE, required)

    with pytest.raises(pytest.skip.Exception, match=LACK):
        insist_or_skip(Wanting(LACK))  # type: ignore[arg-type]


@pytest.mark.parametrize("required", ["lighthouse", "office,lighthouse"])
def test_what_lacks_and_is_required_fails_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, required: str
) -> None:
    monkeypatch.setenv(VARIABLE, required)

    with pytest.raises(pytest.fail.Exception, match=f"{VARIABLE}.*lighthouse.*{LACK}"):
        insist_or_skip(Wanting(LACK))  # type: ignore[arg-type]


def test_what_is_there_is_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "lighthouse")

    insist_or_skip(Wanting(None))  # type: ignore[arg-type]
