"""What asks for a service is answered: never verified, punished on the spot or made a case."""

from sqlmodel import Session, select

from domain.tables.process import Clue
from tests.helpers.story import Story


def _sent_as_service(story: Story) -> None:
    story.walk("register")
    story.does("dispatch", lead="shili-urban", matter=None, handling="service")
    story.does("accept", by="urban")


def test_a_service_request_is_answered_and_closed(story: Story) -> None:
    _sent_as_service(story)

    story.does("answer_service", by="urban", result="已修复路灯三盏。")

    assert story.state() == "closed"
    assert "已修复路灯三盏" in story.text("result_reply")


def test_a_service_request_runs_no_days_of_verification_and_is_not_verified(story: Story) -> None:
    _sent_as_service(story)

    assert not story.open_rules() & {"cx18", "verify_local"}
    assert "答复服务事项" in story.refused("verify", by="urban")


def test_what_turns_out_to_be_a_violation_is_verified_after_all(story: Story) -> None:
    _sent_as_service(story)

    story.does("recognise_violation", by="urban", kind_reason="路灯系有人故意破坏。")

    assert "verify_local" in story.open_rules()
    assert "按违法线索转办" in story.refused("answer_service", by="urban", result="已修复。")


def test_a_report_cannot_be_closed_by_an_answer_alone(story: Story) -> None:
    story.walk("register", "dispatch", "accept")

    assert "按违法线索转办" in story.refused("answer_service", result="已告知。")


def test_a_service_request_names_no_item_of_the_list(story: Story) -> None:
    story.walk("register")

    told = story.refused("dispatch", lead="shili-urban", matter="street_order", handling="petition")

    assert "不填监管事项" in told


def test_the_next_dispatch_decides_anew(story: Story) -> None:
    """A request sent to the wrong desk and returned may be sent on as a violation."""
    story.walk("register")
    story.does("dispatch", lead="shili-urban", matter=None, handling="service")
    story.does("withdraw", reason="转错部门。")
    story.does("dispatch")

    with Session(story.office.engine) as session:
        assert session.exec(select(Clue)).one().state == "dispatched"
    story.does("accept")
    assert "cx18" in story.open_rules()


def test_a_petition_is_suggested_as_such(story: Story) -> None:
    """The desk sends it with two clicks: the way of handling is filled in."""
    story.does(
        "register", title="公交线路能不能延长到新区", content="早高峰公交车等不到，请增加班次。"
    )

    suggestion = story.row().facts["suggestion"]

    assert (suggestion["lead"], suggestion["matter"]) == ("shili-transport", None)
    assert (suggestion["duty"], suggestion["handling"]) == ("bus", "service")
