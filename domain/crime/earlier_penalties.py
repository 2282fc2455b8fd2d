"""Earlier penalties: how many count for a tier, by kind of conduct and days before the act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.calendar.working_days import plus_months
from domain.shapes.offences import Conduct, Repeat

OTHER = "other"
"""The conduct of a penalty that counts for no tier."""


@dataclass(frozen=True)
class PriorPenalty:
    """A penalty that took effect on a day.

    `conduct`: its kind as a person told it, empty while nobody did; `matter`: what it was over;
    `label`: the organ and number by which people find it.
    """

    on: date
    conduct: str = ""
    matter: str = ""
    label: str = ""

    def __str__(self) -> str:
        return f"{self.on.isoformat()}{self.label}"


@dataclass(frozen=True)
class Counted:
    """The penalties of a tier's window: those for its conduct, and those that may have been."""

    repeat: Repeat
    certain: tuple[PriorPenalty, ...]
    possible: tuple[PriorPenalty, ...]

    @property
    def suffices(self) -> bool:
        """Enough penalties for the conduct are certain."""
        return len(self.certain) >= self.repeat.times

    @property
    def may_suffice(self) -> bool:
        """There would be enough if those were for the conduct of which nobody said so."""
        return len(self.certain) + len(self.possible) >= self.repeat.times


def record_of(
    repeat: Repeat,
    penalties: Iterable[PriorPenalty],
    conducts: Mapping[str, Conduct],
    acted_on: date,
) -> Counted:
    """The penalties that count for a tier, up to the day of the new act."""
    since = plus_months(acted_on, -12 * repeat.years) if repeat.years else date.min
    within = [one for one in penalties if since <= one.on <= acted_on]
    matters = {
        matter for key in repeat.conduct if key in conducts for matter in conducts[key].matters
    }
    return Counted(
        repeat,
        tuple(one for one in within if one.conduct in repeat.conduct),
        tuple(one for one in within if not one.conduct and one.matter in matters),
    )


def in_words(repeat: Repeat, conducts: Mapping[str, Conduct]) -> str:
    """What a tier asks for: 二年内因某种行为受过二次以上行政处罚."""
    named = "、".join(conducts[one].label if one in conducts else one for one in repeat.conduct)
    window = f"{repeat.years}年内" if repeat.years else ""
    return f"{window}因{named}受过{repeat.times}次以上行政处罚"
