"""What a draw would be drawn from, told beside its form while that is being filled in."""

from domain.limits.limit import day_of
from flows.draws.prepared_frame import PreparedFrame, prepared_frame
from web.views.action_form import Form

PREPARING = ("draw", "prepare")


def draw_tried(form: Form, values: dict[str, object]) -> PreparedFrame | None:
    """The frame by the matters and shares typed so far; None beside another form."""
    desk = form.desk
    if (form.process.kind, form.action) != PREPARING or form.standing or not values.get("matters"):
        return None
    area = desk.office.rules.departments[desk.actor.department].area
    return prepared_frame(desk.session, desk.office, area, values, day_of(desk.now))
