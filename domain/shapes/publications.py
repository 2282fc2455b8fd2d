"""The shape of `config/publications.yaml`: kinds of what is agreed, approved and published."""

from typing import Literal

from domain.shapes.entries import Record, Strings

Body = Literal["items", "plan", "borders", "content"]


class PublicationKind(Record):
    """One kind: what its body is, whether everybody may read it, whether it is filed before.

    `beside`: what it may say besides its body. `annual`: made for a year, by the day that the
    region sets. `charts`: the processes (of `lifecycles/`) that its public page draws beside the
    text.
    """

    label: str
    body: Body
    beside: tuple[Body, ...] = ()
    public: bool
    filed: bool
    annual: bool = False
    charts: Strings = ()
    basis: Strings
