"""The form that an address names, for a person who may see what it belongs to."""

from domain.lifecycle.plan import standing
from domain.situation.situation import CONSEQUENCE, SYSTEM
from domain.tables.process import Clue
from flows.door.locked_dossier import Root, kind_of, with_its_own
from flows.door.situations import new_situation
from flows.door.steps import Command, situation_for
from flows.door.visible_undertakings import seen_undertaking
from flows.people.visible_clues import NotForYou, seen_clue, sight_on
from web.request.desk import Desk
from web.views.action_form import BEGINNINGS, Form


def beginning(desk: Desk) -> Form:
    """The form by which a clue or undertaking begins, at the address of the request."""
    path = desk.request.url.path
    kind, action = next(one for begun, one in BEGINNINGS.items() if path.startswith(begun))
    where = (kind, desk.actor.department)
    situation = new_situation(desk.office, desk.actor, desk.now, where)
    return Form(desk, None, situation, action, standing(situation, action, desk.office.rules))


def form_of(desk: Desk, number: str, named: tuple[str, str], process_id: int) -> Form:
    """The form of an action of a clue or undertaking that the person sees; NotForYou otherwise."""
    kind, action = named
    root = seen_root(desk, number)
    lifecycle = desk.office.rules.lifecycles.get(kind)
    transition = lifecycle.actions.get(action) if lifecycle else None
    if lifecycle is None or transition is None or lifecycle.root != kind_of(root):
        raise NotForYou("没有这项操作")
    if set(transition.by) <= {CONSEQUENCE, SYSTEM}:
        raise NotForYou("没有这项操作")
    command = Command(action, kind, root.id, process_id or None)
    held = with_its_own(desk.session, desk.office.rules, root)
    try:
        situation = situation_for(desk.session, desk.office, held, command, (desk.actor, desk.now))
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
    process = situation.process
    seen = sight_on(desk.session, desk.office, desk.actor, root) if isinstance(root, Clue) else None
    if seen and not seen.shows(process.kind, process.id):
        raise NotForYou("没有这项操作，或者您无权查看")
    reasons = standing(situation, action, desk.office.rules)
    return Form(desk, root, situation, action, reasons, seen)


def seen_root(desk: Desk, number: str) -> Root:
    """The clue or undertaking of the address, if the person may see it; NotForYou otherwise."""
    if desk.request.url.path.startswith("/undertakings/"):
        return seen_undertaking(desk.session, desk.office, desk.actor, number)
    return seen_clue(desk.session, desk.office, desk.actor, number)
