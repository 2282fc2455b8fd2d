"""The shape of `config/checklists/`: what a statute demands, and what in the house carries it."""

from pydantic import Field

from domain.shapes.entries import Record, Strings


class Begin(Record):
    """The event with which the limits of a demand begin, and the actions that begin none.

    An action makes the event where it has one of the `effects`, issues one of the `documents`,
    leads into one of the `states` (written `process.state`), or is one of the `actions`
    (`process.action`). `spared`: those that begin nothing all the same, each with the reason.
    """

    effects: Strings = ()
    documents: Strings = ()
    states: Strings = ()
    actions: Strings = ()
    spared: dict[str, str] = Field(default_factory=dict)


class Duty(Record):
    """One thing that an article demands, with everything that carries it.

    `begins`: what begins its `clocks`: every action that makes that event opens one of them.

    `says`: the demand in a case officer's words; the article's own gist, where it is left out.
    `actions` and `fields` are written `process.action` and `process.action.field`; `data` names
    files of `config/`. `person`: what no program can carry and who does it instead.
    """

    says: str = ""
    actions: Strings = ()
    guards: Strings = ()
    fields: Strings = ()
    documents: Strings = ()
    clocks: Strings = ()
    begins: Begin | None = None
    effects: Strings = ()
    data: Strings = ()
    person: str = ""

    @property
    def is_carried(self) -> bool:
        """Whether anything or anybody carries it."""
        carriers = (self.actions, self.guards, self.fields, self.documents, self.clocks)
        return any((*carriers, self.effects, self.data, self.person))


class Checklist(Record):
    """The demands of one statute by the id of the article in `laws.yaml`.

    `aside`: articles of it that demand nothing of a case, each with the reason.
    """

    instrument: str
    duties: dict[str, tuple[Duty, ...]]
    aside: dict[str, str] = Field(default_factory=dict)
