"""抽取名单试算: what the rosters would give for some matters, before a draw is prepared."""

from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from domain.draws.quotas import BadShare, read_share
from domain.limits.limit import day_of
from flows.draws.frame_building import UNGRADED, Wish, frame_view, strata_of
from web.forms.choices import Choice, by_group, matters
from web.pages.rosters.subjects import KEEPERS
from web.request.desk import AtDesk, Desk, needs
from web.request.render import page

router = APIRouter(prefix="/rosters", dependencies=[Depends(needs(*KEEPERS, "legal_reviewer"))])
MOST_SHOWN = 100


@router.get("/frame")
def show(
    desk: AtDesk, matter: Annotated[list[str] | None, Query(max_length=20)] = None
) -> Response:
    """How many of each stratum would be drawn, who is left out, and what is missing.

    Told while the form is being filled in as well: what is not filled in yet is no mistake then.
    """
    typing = "hx-request" in desk.request.headers
    chosen = [one for one in matter or [] if one in desk.office.rules.matters]
    given = {
        one: desk.request.query_params.get(f"share.{one}", "") for one in strata_of(desk.office)
    }
    shares, complaints = _read(given) if chosen else ({}, {})
    view = None
    if chosen and not complaints:
        area = desk.office.rules.departments[desk.actor.department].area
        wish = Wish(area, tuple(chosen), shares, day_of(desk.now))
        view = frame_view(desk.session, desk.office, wish)
    return page(
        desk.request,
        "rosters/frame.html",
        422 if complaints and not typing else 200,
        groups=by_group(_tagged(desk)),
        chosen=chosen,
        given=given,
        complaints=complaints,
        typing=typing,
        view=view,
        most=MOST_SHOWN,
        ungraded=UNGRADED,
    )


def _tagged(desk: Desk) -> list[Choice]:
    words = desk.office.rules.rosters
    return [one for one in matters(desk.office.rules) if words.tags_of(one.value)]


def _read(given: dict[str, str]) -> tuple[dict[str, Decimal], dict[str, str]]:
    shares, complaints = {}, {}
    for stratum, text in given.items():
        try:
            shares[stratum] = read_share(text[:20])
        except BadShare as problem:
            complaints[stratum] = f"{stratum}：{problem}"
    return shares, complaints
