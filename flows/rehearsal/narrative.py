"""The narrative of the rehearsal: what its verifications find, order by order, from `config/`."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from pydantic import Field

from domain.rulebook.rulebook_reading import CONFIG
from domain.shapes.entries import Record
from domain.shapes.yaml_source import read_record

NARRATIVES = CONFIG / "demo" / "narratives.yaml"


class Part(Record):
    """A matter that is split off, with what its own verification finds."""

    title: str
    content: str
    function: str | None = None
    found: str = ""
    evidence: tuple[str, ...] = ()
    demands: str = ""


class Narrative(Record):
    """What came out about one work order; what is left empty is said in ordinary words.

    `turns`: what is special about the clue's way, by the words its story knows. `lead`: where a
    clue sent astray belongs; `matter`: what the clerk takes it for; `competent`: whom its
    departments name in turn, by function. `article`: which of the matter's articles it broke, and
    which punishes it, where there are several, counted from one. `party`: who it
    turned out to be; `code`: the number of a person's papers. `kept_title`, `kept_content`: what
    stays with a clue of which parts are split off. `forfeited`: what the goods are worth that are
    confiscated beside `confiscated`, the gains. `charges`: for which of the offences it is
    referred, where not for all that the screening found.
    """

    found: str = ""
    evidence: tuple[str, ...] = ()
    cause: str = ""
    article: int = 1
    result: str = ""
    demands: str = ""
    means: str = "correct"
    fine: Decimal = Decimal(0)
    confiscated: Decimal = Decimal(0)
    forfeited: Decimal = Decimal(0)
    goods: tuple[tuple[str, ...], ...] = ()
    discretion: str = ""
    opinions: dict[str, tuple[str, ...]] = Field(default={})
    turns: tuple[str, ...] = ()
    lead: str = ""
    matter: str = ""
    competent: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    party: str = ""
    code: str = ""
    kept_title: str = ""
    kept_content: str = ""
    charges: tuple[str, ...] = ()


@cache
def read_narratives(path: Path = NARRATIVES) -> Mapping[str, Narrative]:
    """The narratives by outside number, or BadConfig with everything that is wrong with them."""
    return read_record(path, path.parents[1], dict[str, Narrative])
