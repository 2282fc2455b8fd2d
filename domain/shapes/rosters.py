"""The shape of `config/rosters.yaml`: kinds and tags of what is inspected."""

from decimal import Decimal

from pydantic import Field

from domain.shapes.entries import Record, Strings


class SubjectKind(Record):
    """A kind of what is inspected; `coded`: it is known by its credit code (GB 32100-2015)."""

    label: str
    coded: bool = False


class Standing(Record):
    """How a subject stands; `ceased`: it is not drawn any more."""

    label: str
    ceased: bool = False


class Tag(Record):
    """A tag of subjects, and the matters (`matters.yaml`) in whose frames it puts them."""

    label: str
    matters: Strings


class AvoidanceGround(Record):
    """Why an officer may not inspect a subject."""

    label: str


class CreditScheme(Record):
    """The credit-risk classes of some regions, from low risk to high.

    `shares`: how much of each class is inspected, in per cent, where the site has a rule on it;
    `yearly`: how many times a year at most, all departments together.
    """

    label: str
    grades: Strings
    regions: Strings = ()
    shares: dict[str, Decimal] = Field(default_factory=dict)
    yearly: dict[str, int] = Field(default_factory=dict)


class RosterColumns(Record):
    """By what headings the files of each roster name a field, the usual one first."""

    subjects: dict[str, Strings] = Field(default_factory=dict)
    officers: dict[str, Strings] = Field(default_factory=dict)
    experts: dict[str, Strings] = Field(default_factory=dict)
    classes: dict[str, Strings] = Field(default_factory=dict)


class RosterWords(Record):
    """The words of the rosters, each by id, and the articles that ask for the rosters.

    `scheme`: the credit scheme of regions that none is made for. `grade_days`: how many days after
    it was made a class is no longer used. `witnesses`:
    how many organs witness a draw; `witnesses_outside`: none of those that draw.
    """

    basis: Strings = ()
    schemes: dict[str, CreditScheme] = Field(default_factory=dict)
    scheme: str = ""
    grade_days: int = 0
    witnesses: int = 2
    witnesses_outside: bool = True
    columns: RosterColumns = RosterColumns()
    kinds: dict[str, SubjectKind] = Field(default_factory=dict)
    statuses: dict[str, Standing] = Field(default_factory=dict)
    tags: dict[str, Tag] = Field(default_factory=dict)
    avoidances: dict[str, AvoidanceGround] = Field(default_factory=dict)

    def tags_of(self, matter: str) -> tuple[str, ...]:
        """The tags that put a subject into the frame of a matter."""
        return tuple(key for key, one in self.tags.items() if matter in one.matters)

    def scheme_of(self, region: str) -> CreditScheme:
        """The credit scheme of a region; one without classes where there is none."""
        return self.schemes.get(self.scheme_id(region)) or CreditScheme(label="", grades=())

    def scheme_id(self, region: str) -> str:
        """The id of the credit scheme of a region."""
        made = (key for key, one in self.schemes.items() if region in one.regions)
        return next(made, self.scheme)


NO_ROSTERS = RosterWords()
"""Where the file could not be read."""
