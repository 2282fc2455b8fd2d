"""The guards and conditions of the lifecycles as an official reads them, of every room."""

from collections.abc import Mapping

from domain.assessment import words as assessment
from domain.draws import words as draws
from domain.guards.phrases import (
    beside,
    case,
    clue,
    crime,
    joint,
    paper,
    payment,
    penalty,
    referral,
    remedy,
    step,
)
from domain.publications import words as publications
from domain.rosters import words as rosters
from domain.surge import words as warnings
from domain.visits import words as visits

OWN = (beside, clue, case, crime, joint, referral, penalty, payment, remedy, paper, step)
BESIDE = (draws, publications, rosters, warnings, visits)
"""Rooms that tell the words of their own."""

GUARDS: Mapping[str, str] = {
    name: words for one in (*OWN, assessment, *BESIDE) for name, words in one.GUARDS.items()
}
CONDITIONS: Mapping[str, str] = {
    name: words for one in (*OWN, *BESIDE) for name, words in one.CONDITIONS.items()
}
