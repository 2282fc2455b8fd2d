"""Whether a database says only what the tables in force know: asked before an upgrade.

States, actions' clocks, document kinds, templates and stages of work that rows name and that the
rulebook no longer has would fail on the first page that meets them.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from domain.rulebook.rulebook import Rulebook
from domain.shapes.data_folders import ROOMS
from domain.shapes.nearest import nearest
from domain.tables.people import User
from domain.tables.process import Clock, Clue, Process
from domain.tables.record import IssuedDocument
from domain.tables.template import BASE, TemplateVersion
from domain.tables.undertaking import Undertaking
from domain.tables.work import FollowUp
from flows.afterwards.follow_up_list import TASKS
from flows.site.schema import other_version, revision_of, revisions
from flows.site.store import reading

CODE = ("domain", "documents", "flows")
NAME = re.compile(r"[a-z][a-z0-9_]+")
BATCH = 1000


def unknown_in(engine: Engine, rules: Rulebook) -> list[str]:
    """Everything that rows name and the rulebook or the program does not know, in Chinese."""
    found = revision_of(engine)
    if found not in revisions():
        return [other_version(found) if found else "数据库里还没有表"]
    with reading(engine) as session:
        return [*_states(session, rules), *_names(session, rules), *_facts(session, rules)]


def _states(session: Session, rules: Rulebook) -> Iterator[str]:
    """The state of everything that has a lifecycle."""
    kinds = session.execute(select(col(Process.kind), col(Process.state)).distinct()).all()
    pairs = [(kind, state) for kind, state in kinds]
    pairs += [("clue", one) for one in _distinct(session, col(Clue.state))]
    undertaken = select(col(Undertaking.kind), col(Undertaking.state)).distinct()
    pairs += [(kind, state) for kind, state in session.execute(undertaken)]
    for kind, state in pairs:
        lifecycle = rules.lifecycles.get(kind)
        if lifecycle is None:
            yield _told("流程", kind, rules.lifecycles)
        elif state not in lifecycle.states:
            yield _told(f"{lifecycle.label}的状态", state, lifecycle.states)


def _names(session: Session, rules: Rulebook) -> Iterator[str]:
    """Limits, kinds of documents and templates, departments, roles, matters, work."""
    channels = rules.lifecycles["clue"].actions["register"].form["channel"].options
    known: tuple[tuple[str, Mapped[Any], Collection[str]], ...] = (
        ("时限", col(Clock.rule), rules.deadlines),
        ("流程", col(Clock.process_kind), rules.lifecycles),
        ("文书", col(IssuedDocument.kind), rules.documents),
        ("文书模板", col(TemplateVersion.kind), rules.documents),
        ("文书模板的机关", col(TemplateVersion.department_id), {BASE, *rules.departments}),
        ("后续事项", col(FollowUp.task), TASKS),
        ("线索来源", col(Clue.channel), channels),
        ("承办部门", col(Clue.department_id), rules.departments),
        ("用户的部门", col(User.department_id), rules.departments),
    )
    for what, column, names in known:
        for name in _distinct(session, column):
            if name not in names:
                yield _told(what, name, names)
    matters = {*rules.matters, *rules.duties}
    for name in _distinct(session, col(Clue.matter_id)):
        if name not in matters:
            yield _told("监管事项、职责", name, matters)
    for role in {role for roles in session.execute(select(col(User.roles))) for role in roles[0]}:
        if role not in rules.roles:
            yield _told("角色", role, rules.roles)


def _facts(session: Session, rules: Rulebook) -> Iterator[str]:
    """The recorded fields of what is still going on: forms have them, or the program names them."""
    query = select(col(Process.kind), col(Process.facts)).where(col(Process.ended_at).is_(None))
    rows = session.execute(query.execution_options(yield_per=BATCH))
    recorded = {(kind, name) for kind, facts in rows for name in facts or {}}
    forms = {
        name
        for lifecycle in rules.lifecycles.values()
        for action in lifecycle.actions.values()
        for name in action.form
    }
    for kind, name in sorted(recorded):
        if name not in forms and name not in _words_of_code():
            label = rules.lifecycles[kind].label if kind in rules.lifecycles else kind
            yield _told(f"{label}的字段", name, forms)


@cache
def _words_of_code() -> frozenset[str]:
    """Every name that the program's own text mentions: what effects record bears one of them."""
    files = (path for room in CODE for path in (ROOMS / room).rglob("*.py"))
    return frozenset(
        word for path in files for word in NAME.findall(path.read_text(encoding="utf-8"))
    )


def _distinct(session: Session, column: Mapped[Any]) -> list[str]:
    found = session.execute(select(column).where(column.is_not(None)).distinct())
    return sorted(one[0] for one in found if one[0])


def _told(what: str, name: str, known: Collection[str]) -> str:
    return f"数据库里的{what} {name} 在现在的规则库、程序中没有{nearest(name, known)}"
