"""What the forms of a draw offer: classes to share by, objects drawn, officers sent to them."""

import re
from collections.abc import Mapping

from domain.shapes.lifecycles import FormField
from domain.situation.situation import ProcessView
from domain.undertakings.draw import REPLACED
from flows.draws.frame_building import strata_of
from flows.site.office import Office
from web.forms.choices import Choice, Choices

KIND, SHARES, STRATUM, OBJECT, CERTIFICATE = "draw", "shares", "类别", "object", "certificate"
SENT = re.compile(r"([^；：、（]+)（([^（）]+)）")
"""An officer with his certificate, as the rows of a draw name those who are sent."""


def draw_choices(office: Office, fields: Mapping[str, FormField], process: ProcessView) -> Choices:
    """By field: the classes of the region; the objects of the draw and who is sent to them."""
    if process.kind != KIND:
        return {}
    drawn = process.facts.get("drawn")
    rows = drawn if isinstance(drawn, list) else []
    standing = [one for one in rows if not one["情况"].startswith(REPLACED)]
    found: dict[str, tuple[tuple[str, tuple[Choice, ...]], ...]] = {}
    if SHARES in fields:
        found[SHARES] = ((STRATUM, tuple(Choice(one, one) for one in strata_of(office))),)
    if OBJECT in fields:
        found[OBJECT] = (("", tuple(Choice(one["对象"], one["名称"]) for one in standing)),)
    if CERTIFICATE in fields:
        sent = {no: name for one in standing for name, no in SENT.findall(one["人员"])}
        found[CERTIFICATE] = (("", tuple(Choice(no, name) for no, name in sorted(sent.items()))),)
    return found
