"""The frame that a draw has by what its form says, while it is filled in and when it is sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from domain.draws.quotas import BadShare, read_share
from flows.draws.frame_building import FrameView, Wish, frame_view, strata_of
from flows.draws.planned_rows import outside_its_plan
from flows.rosters.roster_rows import scheme_of
from flows.site.office import Office


@dataclass(frozen=True)
class PreparedFrame:
    """The frame, None as long as it cannot be told, and what keeps it from being drawn from."""

    view: FrameView | None
    against: tuple[str, ...]


def prepared_frame(
    session: Session, office: Office, area: str, told: Mapping[str, object], day: date
) -> PreparedFrame:
    """The frame of a day by the matters and shares that a draw states.

    A share that it does not state is the region's own, where the site has one.
    """
    matters = tuple(str(one) for one in _list(told.get("matters")))
    known = strata_of(office)
    shares, against = _stated(told.get("shares"))
    if unknown := [one for one in shares if one not in known]:
        against.append(f"没有{'、'.join(unknown)}这一类别，本地区的类别为{'、'.join(known)}")
    if against or not matters:
        return PreparedFrame(None, tuple(against))
    meant = {**scheme_of(office).shares, **shares}
    ordered = {one: meant[one] for one in known if one in meant}
    view = frame_view(session, office, Wish(area, matters, ordered, day))
    outside = outside_its_plan(session, office, area, matters, day)
    return PreparedFrame(view, (*outside, *_against(view)))


def _against(view: FrameView) -> list[str]:
    if not view.layers:
        return ["名录中没有带有所选事项标签的对象，请先登记监管名录"]
    missing = list(dict.fromkeys(one.stratum for one in view.layers if one.quota is None))
    if not missing:
        return []
    return [
        f"名录中有{'、'.join(missing)}类的对象，没有写明抽查比例；没有全国统一的比例，"
        "请按本机关的规定填写，不抽取的写0%，或者请管理员登记本地区的比例"
    ]


def _stated(given: object) -> tuple[dict[str, Decimal], list[str]]:
    shares, against = {}, []
    for row in _list(given):
        stratum, text = str(row.get("类别") or ""), str(row.get("比例") or "")
        try:
            shares[stratum] = read_share(text)
        except BadShare as problem:
            against.append(f"{stratum or '没有写明类别的一行'}：{problem}")
    return shares, against


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []
