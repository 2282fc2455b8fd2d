"""Publicity binds whom it binds: market bureaus by their own rules, nobody else by them."""

from sqlmodel import Session

from domain.tables.process import Clock
from tests.helpers.health_story import HealthStory
from tests.helpers.story import REVIEWED, Story

DECIDED = (*REVIEWED, "case.notice", "case.record_statement", "case.decide")
BEFORE = DECIDED[:-1]


def _old_clock(story: Story, case: int) -> Clock:
    """The limit for publicity as the program once opened it for any organ."""
    return Clock(
        clue_id=story.clue or 0,
        process_kind="case",
        process_id=case,
        rule="gs9",
        amount=20,
        unit="working_days",
        basis="gs-9",
        owner_id="shili-health",
        started_at=story.now,
        due_at=story.now,
        breach_at=story.now,
        pauses=[],
        extensions=[],
    )


def test_another_organ_is_not_bound_by_the_market_s_twenty_days(story: Story) -> None:
    """公示规定第一条、第二条: 市场监督管理部门."""
    story = HealthStory(story.office)
    story.walk(*DECIDED, "case.serve", "case.pay", "case.enforce")

    assert "gs9" not in story.open_rules()
    assert story.papers("publication_summary") == []
    assert story.does("case.close").state == "closed"


def test_a_market_bureau_publishes_before_it_closes(story: Story) -> None:
    """公示规定第九条."""
    story.walk(*DECIDED, "case.serve", "case.pay", "case.enforce")

    assert "请先办理「登记公示」" in story.refused("case.close")


def test_a_limit_that_the_old_table_opened_for_everybody_holds_nobody_else_up(
    story: Story,
) -> None:
    story = HealthStory(story.office)
    story.walk(*DECIDED, "case.serve", "case.pay", "case.enforce")
    case = story.processes("case")[-1]
    with Session(story.office.engine) as session:
        session.add(_old_clock(story, case.id or 0))
        session.commit()

    story.does("case.close")

    assert story.state("case") == "closed"
    assert "gs9" not in story.open_rules()


def test_a_party_of_another_province_is_handed_on_within_ten_working_days(story: Story) -> None:
    """公示规定第十条."""
    story.walk(*BEFORE)

    story.does("case.decide", party_outside=True)

    assert story.due("gs10") == "2026-05-25T23:59"
    assert "gs9" not in story.open_rules()
    story.walk("case.serve", "case.pay", "case.enforce")
    assert "尚未推送当事人登记地" in story.refused("case.close")
    story.does("case.record_publication")
    assert story.does("case.close").state == "closed"


def test_the_program_does_not_publish_what_another_province_publishes(story: Story) -> None:
    story.walk(*BEFORE)
    story.does("case.decide", party_outside=True)

    story.does("case.serve")

    assert ("penalty", "publish_decision") not in story.followups()


def test_a_published_decision_has_its_summary(story: Story) -> None:
    """公示规定第四条."""
    story.walk(*DECIDED)

    text = story.text("publication_summary")

    assert str(story.papers("penalty_decision")[0].number) in text
    assert "罚款人民币壹万元整" in text
    assert "销售超过保质期" in text


def test_a_mere_warning_has_none(story: Story) -> None:
    """公示规定第二条第二款."""
    story.walk(*REVIEWED)
    warning = {"planned_kinds": ["warning"], "planned_fine": None, "planned_penalty": None}
    story.does("case.notice", **warning)
    story.does("case.record_statement")

    story.does("case.decide", penalty_kinds=["warning"], fine=None, penalty=None, publish="exempt")

    assert story.papers("publication_summary") == []
    assert not story.open_rules() & {"gs9", "gs10"}


def test_criticism_is_published_like_any_other_penalty(story: Story) -> None:
    """公示规定第二条第二款 leaves out a warning only; 第十三条 ends the publicity of criticism."""
    story.walk(*REVIEWED)
    planned = {"planned_kinds": ["criticism"], "planned_fine": None, "planned_penalty": None}
    story.does("case.notice", **planned)
    story.does("case.record_statement")

    story.does("case.decide", penalty_kinds=["criticism"], fine=None, penalty=None)

    assert "gs9" in story.open_rules()


def test_another_organ_judges_itself_what_it_publishes(story: Story) -> None:
    """行政处罚法第四十八条第一款: no approval is asked of it by a rule that does not bind it."""
    story = HealthStory(story.office)
    story.walk(*BEFORE)

    assert story.does("case.decide", publish="exempt").state == "decided"


def test_no_penalty_in_place_of_a_penalty_is_not_published(story: Story) -> None:
    story.walk(*DECIDED, "case.serve", "remedy.register_review")
    story.does("remedy.conclude_review", outcome="revoked", remake=True)
    story.walk("case.report", "case.send_for_review", "case.pass_review")
    story.walk("case.decide_no_penalty")
    before = story.followups().count(("penalty", "publish_decision"))

    story.does("case.serve")

    assert story.followups().count(("penalty", "publish_decision")) == before
    assert "gs9" not in story.open_rules()


def test_a_remedy_that_ends_before_service_opens_no_window(story: Story) -> None:
    """行政强制法第五十三条: the months run from a decision that was served."""
    story.walk(*DECIDED, "remedy.register_review")

    story.does("remedy.conclude_review", outcome="withdrawn")

    assert "cx76_court" not in story.open_rules()
