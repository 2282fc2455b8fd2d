"""What a list is narrowed to, each in words with the address of the list without it."""

from dataclasses import dataclass, replace

from domain.tables.people import User
from flows.lists.light_filter import LIGHTS
from flows.lists.list_queries import NOBODY, Wanted
from web.request.desk import Desk
from web.views.list_address import query_of


@dataclass(frozen=True)
class Chip:
    """One narrowing in words, and the list without it."""

    text: str
    without: str


def chips_of(desk: Desk, wanted: Wanted) -> tuple[Chip, ...]:
    """The chips of a list, in the order of its filters."""
    rules = desk.office.rules
    states = rules.lifecycles["clue"].states
    channels = rules.lifecycles["clue"].actions["register"].form["channel"].options
    words = {
        "text": f"{'内容' if wanted.inside else '字词'}：{wanted.text}" if wanted.text else "",
        "state": states[wanted.state].label if wanted.state in states else wanted.state,
        "department": rules.departments[wanted.department].name
        if wanted.department in rules.departments
        else wanted.department,
        "channel": channels.get(wanted.channel, wanted.channel),
        "matter": rules.matters[wanted.matter].name
        if wanted.matter in rules.matters
        else wanted.matter,
        "light": LIGHTS.get(wanted.light, ""),
        "alike": "疑似重复" if wanted.alike else "",
        "handler": _handler(desk, wanted.handler),
        "waits": "等别人办理" if wanted.waits else "",
    }
    plain = replace(wanted, after="")
    return tuple(
        Chip(text, f"/clues?{query_of(replace(plain, **{name: ''}))}")
        for name, text in words.items()
        if text
    )


def _handler(desk: Desk, user_id: str) -> str:
    if user_id in ("", NOBODY):
        return "没有指定承办人" if user_id else ""
    user = desk.session.get(User, user_id)
    return f"承办人：{user.name if user else user_id}"
