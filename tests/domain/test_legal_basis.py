"""What is doubtful in a legal basis: each doubt is told, none of them refuses."""

from dataclasses import replace

import pytest

from domain.lookup.legal_basis import doubts, offers
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import Situation
from tests.helpers.situations import situation_at

LABELS = {"penalty_ground": "处罚依据", "nature_ground": "定性依据"}
EXPIRED_FOOD = "《中华人民共和国食品安全法》第一百二十四条第一款第（五）项"


@pytest.fixture
def sold(rules: Rulebook) -> Situation:
    """A market bureau punishes food sold after its date."""
    return situation_at(rules)
