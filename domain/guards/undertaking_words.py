"""The guards and conditions of undertakings as an official reads them, each kind's own together."""

from collections.abc import Mapping

from domain.draws import words as draws
from domain.publications import words as publications
from domain.visits import words as visits

GUARDS: Mapping[str, str] = {**draws.GUARDS, **publications.GUARDS, **visits.GUARDS}
CONDITIONS: Mapping[str, str] = {
    **draws.CONDITIONS,
    **publications.CONDITIONS,
    **visits.CONDITIONS,
}
