"""Every action there is, tried by who may not: refused in words, with articles, without a trace."""

from collections.abc import Callable
from functools import cache

import pytest

from domain.lifecycle.plan import Refused
from domain.rulebook.rulebook_reading import load_rulebook
from domain.situation.situation import CONSEQUENCE
from flows.door.steps import Command, perform
from flows.site.office import Office
from tests.helpers.circulars import CircularStory
from tests.helpers.inspections.assessments import AssessmentStory
from tests.helpers.inspections.breaches import BreachStory
from tests.helpers.inspections.draws import DrawStory
from tests.helpers.inspections.joint import JointStory
from tests.helpers.inspections.publications import PublicationStory
from tests.helpers.inspections.risk_warnings import WarningStory
from tests.helpers.inspections.visits import VisitStory
from tests.helpers.office import build_office, snapshot
from tests.helpers.people import actor
from tests.helpers.story import Story

RULES = load_rulebook()
ACTIONS = [
    (kind, action) for kind, lifecycle in RULES.lifecycles.items() for action in lifecycle.actions
]
BEGINNINGS = [
    ("clue", "register"),
    ("circular", "draft"),
    ("draw", "prepare"),
    ("publication", "draft"),
    ("publication", "call"),
    ("risk_warning", "raise"),
    ("visit", "propose"),
    ("visit", "propose_drawn"),
    ("visit", "enter_urgent"),
    ("assessment", "draw_up"),
    ("breach_record", "record"),
    ("joint_proceeding", "propose"),
]
DOSSIERS = {"clue": 1, "circular": 2, "draw": 3, "publication": 4, "risk_warning": 5, "visit": 6}
DOSSIERS |= {"assessment": 7, "breach_record": 8, "joint_proceeding": 9}
OTHERS = [one for one in ACTIONS if one not in BEGINNINGS]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with one main line of each kind, for tests that change nothing."""
    office = build_office(tmp_path_factory.mktemp("shared"))
    Story(office).walk("register", "dispatch")
    CircularStory(office).does("circular.draft")
    DrawStory(office).begins()
    PublicationStory(office).begins()
    WarningStory(office).begins()
    VisitStory(office).begins()
    AssessmentStory(office).begins()
    BreachStory(office).begins()
    JointStory(office).begins()
    return office


def _tried(kind: str, action: str) -> Command:
    """The action with an empty form, on the clue, or the undertaking it belongs to."""
    return Command(action, kind, DOSSIERS[RULES.lifecycles[kind].root], form={})


def _refusal(office: Office, command: Command, chair: str) -> Refused:
    before = snapshot(office)
    with pytest.raises(Refused) as failure:
        perform(office, command, actor(chair), Story(office).now)
    assert snapshot(office) == before
    return failure.value


Told = Callable[[str, str], Refused]


@pytest.fixture(scope="module")
def told(shared: Office) -> Told:
    """What the auditor is told about an action with an empty form, and that it left no trace.

    Asked once for each action: nothing changes between one question and the next.
    """

    @cache
    def ask(kind: str, action: str) -> Refused:
        return _refusal(shared, _tried(kind, action), "auditor")

    return ask


@pytest.mark.parametrize(("kind", "action"), OTHERS, ids=[".".join(one) for one in OTHERS])
def test_an_auditor_changes_nothing(told: Told, kind: str, action: str) -> None:
    found = told(kind, action)

    transition = RULES.lifecycles[kind].actions[action]
    text = str(found)
    assert text.startswith(f"不能办理「{transition.label}」：")
    assert all(reason.citation in RULES.citations for reason in found.reasons)
    if CONSEQUENCE in transition.by:
        assert f"「{transition.label}」由其他操作带出，不能单独进行" in text
    else:
        assert f"「{transition.label}」只能由" in text


@pytest.mark.parametrize(("kind", "action"), OTHERS, ids=[".".join(one) for one in OTHERS])
def test_an_empty_form_names_every_missing_field(told: Told, kind: str, action: str) -> None:
    found = told(kind, action)

    fields = RULES.lifecycles[kind].actions[action].form.values()
    missing = [one.label for one in fields if one.required]
    assert [one for one in missing if f"请填写「{one}」" not in str(found)] == []


@pytest.mark.parametrize(("kind", "action"), OTHERS, ids=[".".join(one) for one in OTHERS])
def test_the_state_stands_in_the_way_by_name(told: Told, kind: str, action: str) -> None:
    found = told(kind, action)

    transition = RULES.lifecycles[kind].actions[action]
    states = {"clue": "dispatched", "transfer": "offered", "circular": "drafted"}
    states |= {"draw": "prepared", "draw_part": "asked", "publication": "drafted"}
    states |= {"risk_warning": "raised", "assessment": "drafted", "breach_record": "drafted"}
    asked = action in ("join", "decline")  # the part of the department that was asked
    states |= {"joint_proceeding": "running", "joint_case": "asked" if asked else "joined"}
    states |= {"visit": "planned", "finding": "waiting"}
    now = "none" if "none" in transition.from_ else states.get(kind, "none")
    named = f"不能办理「{transition.label}」" in str(found).partition("：")[2]
    assert named == (now not in transition.from_)
