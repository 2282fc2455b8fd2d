"""The shape of `config/indicators.yaml`: by what figures a risk warning is raised."""

from decimal import Decimal

from domain.shapes.entries import Record, Strings


class Indicator(Record):
    """One indicator: the days it looks at, the days it compares them with, and how much it takes.

    `rule`: in words, with the figures by name (`{days}`).
    `least_base`: with fewer reports in the days compared with, nothing is computed. `chance`: how
    likely it may be at most that nothing changed, until the site was calibrated; `false_alarms`:
    how many a year a calibration allows. `silent_days`: how long after its end a warning of the
    same cell is not raised again. `page`: another page computes it; `beside`: it stands in words
    beside the warnings of that indicator and raises none; `lacks`: what there is too little of
    while it cannot be computed.
    """

    label: str
    rule: str
    days: int = 0
    base_days: int = 0
    least: int = 0
    least_base: int = 0
    chance: Decimal = Decimal(0)
    false_alarms: int = 0
    silent_days: int = 28
    page: str = ""
    beside: str = ""
    lacks: str = ""
    basis: Strings

    @property
    def in_words(self) -> str:
        """Its rule with the figures that are in force, as everybody may read it."""
        return self.rule.format_map(self.model_dump())

    @property
    def is_computed(self) -> bool:
        """Whether warnings are raised by it."""
        return not self.page and not self.beside and not self.lacks
