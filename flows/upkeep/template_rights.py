"""Who looks after which template: an organ's legal staff its own, administrators the base.

Each list of reasons is empty where the person may; else it says who may.
"""

from collections.abc import Iterator

from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import Actor
from domain.tables.template import BASE, TemplateVersion

KEEPERS = frozenset({"legal_reviewer", "administrator"})
"""The chairs that look after templates at all."""
COMMON = "共用"


def whose(rules: Rulebook, organ: str) -> str:
    """The organ whose own a template is, by name; 共用 for the base."""
    known = rules.departments.get(organ)
    return COMMON if organ == BASE else known.name if known else organ


def places_of(actor: Actor) -> tuple[str, ...]:
    """Where the person brings templates: his organ's own, the base, both or neither."""
    return tuple(_places(actor))


def printed_for(actor: Actor) -> str:
    """The organ whose templates the person works with; BASE for administrators and auditors."""
    return next(_places(actor), BASE)


def _places(actor: Actor) -> Iterator[str]:
    if "legal_reviewer" in actor.roles:
        yield actor.department
    if "administrator" in actor.roles:
        yield BASE


def not_an_uploader(rules: Rulebook, actor: Actor, organ: str) -> list[str]:
    """Why the person brings no template for the organ, or for the base."""
    if organ in places_of(actor):
        return []
    if not actor.roles & KEEPERS:
        return ["文书模板由法制人员或者管理员维护"]
    if organ == BASE:
        return ["共用的模板由管理员上传；法制人员上传的模板只用于本机关"]
    return [f"{whose(rules, organ)}的模板由该机关的法制人员上传，请与其联系"]


def not_a_second(rules: Rulebook, actor: Actor, row: TemplateVersion) -> list[str]:
    """Why the person does not judge what another one brought."""
    own = "legal_reviewer" in actor.roles and row.department_id in (BASE, actor.department)
    if own or "administrator" in actor.roles:
        return []
    if not actor.roles & KEEPERS:
        return ["文书模板由法制人员或者管理员维护"]
    return [f"{whose(rules, row.department_id)}的模板由该机关的另一名法制人员或者管理员审核"]


def not_a_retirer(rules: Rulebook, actor: Actor, row: TemplateVersion) -> list[str]:
    """Why the person does not end the version; who brought one that waits withdraws it."""
    withdraws = row.approved_at is None and row.uploaded_by == actor.id
    if row.department_id in places_of(actor) or (withdraws and actor.roles & KEEPERS):
        return []
    if not actor.roles & KEEPERS:
        return ["文书模板由法制人员或者管理员维护"]
    if row.department_id == BASE:
        return ["共用的模板由管理员停用；本机关要用另外的版本，请上传本机关的模板"]
    return [f"{whose(rules, row.department_id)}的模板由该机关的法制人员停用"]
