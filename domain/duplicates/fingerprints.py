"""What a clue is compared by: its words, whom and what it names, by keys that find it again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from domain.duplicates.keys import keys
from domain.duplicates.names import company_key, place_key
from domain.duplicates.rarity import UNKNOWN, Rarity
from domain.duplicates.sameness import Told
from domain.duplicates.similarity import comparable_text
from domain.files.identifiers import credit_code_fault
from domain.files.work_order import IncomingClue


@dataclass(frozen=True, slots=True)
class Topics:
    """What a clue is about: the matter of supervision proposed, and how strong each topic is.

    `words`: those of the dictionaries of routing that it uses.
    """

    matter: str | None = None
    shares: Mapping[str, float] = field(default_factory=dict)
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a clue is compared by; `key` is the clue's own reference, `text` title and content.

    `matter` is the matter of supervision it was proposed for, `topics` what else it may be about,
    `words` of the dictionaries it uses, `day` the number of the day it came in.
    """

    key: str
    text: str
    bands: tuple[int, ...]
    credit_code: str | None = None
    subject_key: str | None = None
    place_key: str | None = None
    reporter_key: str | None = None
    channel: str = ""
    outside_no: str = ""
    matter: str | None = None
    topics: Mapping[str, float] = field(default_factory=dict)
    day: int | None = None
    words: frozenset[str] = frozenset()

    @property
    def parts(self) -> tuple[str, str]:
        """The bare title and content."""
        return _parts_of(self.text)

    @property
    def told(self) -> Told:
        """The words with what they are about and when they came."""
        return Told(*self.parts, self.topics, self.day, self.words)

    @property
    def exact_keys(self) -> tuple[tuple[str, str], ...]:
        """What finds a candidate by being equal, besides the bands."""
        named = (
            ("credit_code", self.credit_code),
            ("subject", self.subject_key),
            ("reporter", self.reporter_key),
            ("place", self.place_key),
            ("outside_no", self.outside_no),
        )
        return tuple((name, value) for name, value in named if value)


@lru_cache(maxsize=2048)
def _parts_of(text: str) -> tuple[str, str]:
    """Kept, so that what is looked up by a title or a content is looked up by the same one."""
    title, _, content = text.partition("\n")
    return title, content


NO_TOPICS = Topics()


def fingerprint(
    clue: IncomingClue,
    reporter_key: str | None,
    key: str = "",
    topics: Topics = NO_TOPICS,
    rarity: Rarity = UNKNOWN,
) -> Fingerprint:
    """What the clue is compared by; `key` defaults to its outside number.

    `reporter_key` is a keyed hash of who reported, never a name or a number in clear. A credit code
    that cannot be right compares as none.
    """
    title, content = comparable_text(clue.title), comparable_text(clue.content)
    code = clue.subject_code
    return Fingerprint(
        key=key or clue.outside_no,
        text=f"{title}\n{content}",
        bands=keys(title, content, rarity),
        credit_code=code if code and credit_code_fault(code) is None else None,
        subject_key=company_key(clue.subject_name),
        place_key=place_key(clue.place),
        reporter_key=reporter_key,
        channel=clue.channel,
        outside_no=clue.outside_no,
        matter=topics.matter,
        topics=topics.shares,
        words=topics.words,
        day=clue.received_at.toordinal(),
    )
