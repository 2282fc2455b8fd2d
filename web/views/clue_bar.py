"""The bar above the lists of clues: what narrows them, and what links of other pages ask for."""

from domain.tables.people import User
from flows.lists.list_filters import LIGHTS, NOBODY, OTHERS, Wanted
from web.forms.choices import Choice
from web.forms.list_bar import (
    ListBar,
    ListShape,
    Narrowing,
    bar_of,
    choose,
    choose_department,
    order,
)
from web.request.desk import Desk
from web.views.list_address import ORDERS, told_of

IN_LAST = "在线索内容里找（最近五万条）"


def clues_bar(desk: Desk, wanted: Wanted, total: int) -> ListBar:
    """The bar of a list of clues with its total, counted no further than a list counts."""
    shape = ListShape(
        path="/clues",
        narrowings=(*_of_all(desk, wanted), *_of_links(desk, wanted)),
        file="/clues.xlsx",
        held={"view": wanted.view},
    )
    return bar_of(desk, shape, told_of(wanted), total)


def _of_all(desk: Desk, wanted: Wanted) -> list[Narrowing]:
    lifecycle = desk.office.rules.lifecycles["clue"]
    is_open = wanted.view != "ended"
    states = {key: one.label for key, one in lifecycle.states.items() if one.ended != is_open}
    others = (("", (Choice(OTHERS, "等别人办理"),)),)
    found = [
        Narrowing("q", "字词", hint="编号、标题、当事人、地点"),
        choose("state", "状态", states),
        choose_department(desk, "所在部门"),
        choose("channel", "来源", lifecycle.actions["register"].form["channel"].options),
    ]
    if is_open:
        found += [choose("light", "时限", LIGHTS), order(ORDERS)]
    ticks = [
        Narrowing("alike", "只看疑似重复的", "tick"),
        Narrowing("waits", "只看等别人办理的", "tick", others),
        Narrowing("inside", "在线索内容里找" if is_open else IN_LAST, "tick"),
    ]
    return [*found, *ticks]


def _of_links(desk: Desk, wanted: Wanted) -> list[Narrowing]:
    """What links of other pages narrow to: a matter, a handler."""
    matter = desk.office.rules.matters.get(wanted.matter)
    told = {
        "matter": ("监管事项", wanted.matter, matter.name if matter else wanted.matter),
        "handler": ("承办人", wanted.handler, _handler(desk, wanted.handler)),
    }
    return [
        Narrowing(name, label, "hidden", (("", (Choice(value, words),)),))
        for name, (label, value, words) in told.items()
    ]


def _handler(desk: Desk, user_id: str) -> str:
    if user_id in ("", NOBODY):
        return "没有指定承办人" if user_id else ""
    user = desk.session.get(User, user_id)
    return f"承办人：{user.name if user else user_id}"
