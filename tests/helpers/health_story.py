"""The life of a clue that the health commission handles: an organ bound by the general law only."""

from flows.door.steps import Command
from tests.helpers.story import Story

CHAIRS_OF_HEALTH = {"handler": "health", "head": "health_head", "legal": "health_legal"}
OFFICERS = ["health", "health_second"]
FORMS: dict[str, dict[str, object]] = {
    "dispatch": {"lead": "shili-health", "matter": None},
    "file_case": {"case_officers": OFFICERS, "screened": ["unsafe_food"]},
    "case.assign_officers": {"case_officers": OFFICERS},
}


class HealthStory(Story):
    """The same actions with the same usual forms, taken by the people of the health commission."""

    def command(self, action: str, **form: object) -> Command:
        """The usual form of an action as the commission fills it in."""
        return super().command(action, **{**FORMS.get(action, {}), **form})

    def _usual(self, action: str) -> str:
        chair = super()._usual(action)
        return CHAIRS_OF_HEALTH.get(chair, chair)
