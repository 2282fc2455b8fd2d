"""The first page of each chair: three or four numbers that lead to what is behind them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func
from sqlmodel import col, select

from domain.lifecycle.awaited_chairs import waiting_for
from domain.situation.situation import CHINA
from domain.tables.record import Event
from domain.tables.template import BASE, TemplateVersion
from flows.afterwards.follow_up_list import count_parked
from flows.audit.acts_on_record import is_act
from flows.audit.chain_check import last_good
from flows.audit.event_log import REVEAL
from flows.lists.list_filters import Wanted
from flows.lists.worklist import count_of
from flows.lists.write_back_list import counts
from flows.papers.open_services import how_many_open
from flows.rows.statements import numbers
from flows.upkeep.health import health, worst
from flows.watch.board import how_many_lit
from flows.watch.crime_warnings import Warnings
from flows.watch.kept_figures import is_long
from flows.watch.supervisions import DRAFTED, SILENT, supervisions_in
from flows.workbench.duplicate_lines import open_pairs_total
from flows.workbench.first_page import FirstPage, how_many_in
from flows.workbench.menu_counts import HEADS, decisions_waiting, reviews_waiting
from web.request.desk import Desk
from web.request.words import moment

MOST = 300
MORNING = {"red": "逾期", "today": "今天届满", "new": "新到（一日内）"}
QUIET = frozenset({MORNING["today"], MORNING["new"]})
VERDICTS = {"ok": "正常", "doubt": "请查看", "bad": "异常"}
SERVERS = frozenset({"handler", "legal_reviewer"})
"""Chairs that see to it that papers are served, and their receipts kept."""
LOOKED_BACK = timedelta(days=30)
OF_DEPARTMENT = frozenset({"handler", "section_head", "legal_reviewer", *HEADS})
"""Chairs to which what waits for others of their own organ is worth a number."""


@dataclass(frozen=True)
class Figure:
    """A number or a word with what it counts, and where that is; `urgent` is shown in red."""

    label: str
    value: str
    url: str
    urgent: bool = False


Figures = Callable[[Desk], Iterator[Figure]]


def morning(desk: Desk, whose: str, found_first: FirstPage) -> tuple[Figure, ...]:
    """The figures of all chairs that the person holds, each once; `whose` as 我的待办 has it."""
    found = list(_work(desk, whose, found_first))
    if desk.actor.roles & set(OF_CHAIRS):
        # Three or four are read at a glance: nothing due today and nothing new is not told beside
        # the chair's own numbers.
        found = [one for one in found if one.value != "0" or one.label not in QUIET]
    for role, figures in OF_CHAIRS.items():
        if role in desk.actor.roles:
            found += figures(desk)
    return tuple({one.url: one for one in found}.values())


def _number(label: str, count: int, url: str, *, urgent: bool = False) -> Figure:
    value = f"{MOST}以上" if count >= MOST else str(count)
    return Figure(label, value, url, urgent and count > 0)


def tells_of_others(desk: Desk) -> bool:
    """Whether the person is told how much waits for others of his organ."""
    return bool(desk.actor.roles & OF_DEPARTMENT)


def _work(desk: Desk, whose: str, first: FirstPage) -> Iterator[Figure]:
    """What waits for the person himself: late, due today, new; and what waits for others."""
    if waiting_for(desk.office.rules.of_clues, desk.actor.roles):
        more = "" if whose else "&whose=all"
        for light, label in MORNING.items():
            count = first.figures[light]
            yield _number(label, count, f"/?light={light}{more}", urgent=light == "red")
    if tells_of_others(desk):
        path = f"/clues?waits=others&department={desk.actor.department}"
        yield _number("等别人", first.others, path)
    if desk.actor.roles & SERVERS:
        yield _unserved(desk)


def _unserved(desk: Desk) -> Figure:
    """Of a long record it is not counted: no index knows what was served, and the page is first."""
    path = "/documents/unserved"
    if is_long(desk.session):
        return Figure("送达待办", "查看", path, False)
    return _number("送达待办", how_many_open(desk.session, desk.viewer, MOST), path)


def _intake(desk: Desk) -> Iterator[Figure]:
    failed = counts(desk.session, desk.actor)
    yield _number(
        "待分办", how_many_in(desk.session, desk.viewer, "registered"), "/clues?state=registered"
    )
    [alike] = numbers(desk.session.connection(), open_pairs_total(desk.viewer, MOST))
    yield _number("疑似重复（对）", alike, "/duplicates")
    broken = failed["failing"] + failed["parked"]
    yield _number("回写没有成功", broken, "/write-backs?state=failing", urgent=True)


def _supervisor(desk: Desk) -> Iterator[Figure]:
    late, near = (how_many_lit(desk.session, desk.viewer, one, MOST) for one in ("red", "yellow"))
    yield _number("全部逾期", late, "/overdue", urgent=True)
    yield _number("将要到期", near, "/board/limits?light=yellow")
    yield _warned(desk)
    asked = (supervisions_in(desk.viewer, states) for states in (DRAFTED, SILENT))
    drafts, silent = numbers(desk.session.connection(), *asked)
    yield _number("待签发督办函", drafts, "/supervision?state=drafted", urgent=True)
    yield _number("督办没有回应", silent, "/supervision")


def _warned(desk: Desk) -> Figure:
    warned = Warnings(desk.session, desk.viewer).all_of_them(MOST)
    return _number("三类预警", warned, "/warnings", urgent=True)


def _decides(desk: Desk) -> Iterator[Figure]:
    [asked] = numbers(desk.session.connection(), decisions_waiting(desk.viewer, MOST))
    yield _number("待审批", asked, "/approvals")
    yield _warned(desk)


def _reviews(desk: Desk) -> Iterator[Figure]:
    [asked] = numbers(desk.session.connection(), reviews_waiting(desk.viewer, MOST))
    yield _number("待审核", asked, "/review")
    yield Figure("事实有变动的文书", "核对", "/documents/stale")
    yield from _templates(desk)


def _outside(desk: Desk) -> Iterator[Figure]:
    count = count_of(desk.session, desk.viewer, Wanted(view="waiting"))
    yield _number("等本机关", count, "/referrals?waiting=true", urgent=True)


def _administrator(desk: Desk) -> Iterator[Figure]:
    verdict = worst(part.verdict for part in health(desk.office, desk.now))
    yield Figure("运行状况", VERDICTS[verdict], "/admin/health", verdict == "bad")
    yield _number("搁置的后续事项", count_parked(desk.session), "/admin/follow-ups", urgent=True)
    yield from _templates(desk)


def _templates(desk: Desk) -> Iterator[Figure]:
    """Templates that somebody else uploaded, that nobody approved yet and the person may judge."""
    query = select(func.count()).where(
        col(TemplateVersion.approved_by).is_(None),
        col(TemplateVersion.retired_by).is_(None),
        col(TemplateVersion.uploaded_by) != desk.actor.id,
    )
    if "administrator" not in desk.actor.roles:
        query = query.where(col(TemplateVersion.department_id).in_((BASE, desk.actor.department)))
    yield _number("待审核的模板", desk.session.exec(query).one(), "/templates")


def _auditor(desk: Desk) -> Iterator[Figure]:
    good = last_good(desk.session, desk.office.keys.chain)
    told = moment(good.ended_at) if good and good.ended_at else "还没有"
    yield Figure("最近一次核验无误", told, "/audit/chain", good is None)
    since = desk.now - LOOKED_BACK
    query = select(func.count()).where(is_act(REVEAL), col(Event.at) >= since)
    looked = desk.session.exec(query).one()
    day = since.astimezone(CHINA).date().isoformat()
    yield _number("三十日内查看举报人信息", looked, f"/audit/reveals?since={day}")


OF_CHAIRS: Mapping[str, Figures] = {
    "intake_clerk": _intake,
    "principal": _decides,
    "department_head": _decides,
    "legal_reviewer": _reviews,
    "police_liaison": _outside,
    "procuratorate_liaison": _outside,
    "supervisor": _supervisor,
    "administrator": _administrator,
    "auditor": _auditor,
}
