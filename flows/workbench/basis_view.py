"""What stands beside a form that states a legal basis: the matter's articles, and doubts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from domain.lookup.article_search import sought
from domain.lookup.crime_basis import FIELD, charges_without_article, crime_offers
from domain.lookup.legal_basis import GROUNDS, Offer, doubts, offers
from domain.shapes.lifecycles import FormField
from domain.situation.situation import Actor
from flows.door.crime_preview import typed_situation
from flows.door.steps import Command
from flows.site.office import Office


@dataclass(frozen=True)
class BasisBeside:
    """The articles that matter or offences offer, those that the words typed find, and what is
    doubtful in what is written so far.
    """

    offers: tuple[Offer, ...]
    sought: tuple[Offer, ...]
    doubts: tuple[str, ...]


def bases_of(form: Mapping[str, FormField]) -> dict[str, str]:
    """The fields of a form that state what a penalty, a measure, an order or a referral rests on.

    The ground of a return or a dispute is another matter: nothing is seized there.
    """
    apart = set() if "seized_goods" in form else {"legal_ground"}
    known = {*GROUNDS, FIELD} - apart
    return {name: one.label for name, one in form.items() if name in known}


def basis_beside(
    session: Session, office: Office, command: Command, who: tuple[Actor, datetime]
) -> BasisBeside:
    """The articles and the doubts for a form as it is filled so far, complete or not."""
    s = typed_situation(session, office, command, who)
    action = office.rules.lifecycles[command.process].actions[command.action]
    labels = bases_of(action.form)
    offered = offers(s, office.rules, tuple(labels), action.basis)
    found = sought(s, office.rules, labels)
    doubtful = doubts(s, office.rules, labels)
    return BasisBeside(
        (*crime_offers(s, office.rules, labels), *offered),
        found,
        (*charges_without_article(s, office.rules, labels), *doubtful),
    )
