"""Enforcement that ends without being carried out: 强制法40, 56②, 57, 58."""

from tests.helpers.story import REVIEWED, Story

SERVED = (*REVIEWED, "case.notice", "case.record_statement", "case.decide", "case.serve")
GONE = {"execution_end": "dissolved", "execution_end_evidence": "注销登记通知书，清算报告"}


def _asked(story: Story) -> None:
    """The court was asked to enforce a fine of 10,000 yuan."""
    story.walk(*SERVED)
    story.waits_until("2026-05-27T10:00")
    story.does("case.urge_payment")
    story.waits_until("2026-11-16T09:00")
    story.does("case.apply_for_enforcement")


def test_a_court_that_ends_enforcement_ends_the_case(story: Story) -> None:
    """The decision stands; the case closes as 终结执行, not as carried out, and nobody revokes."""
    _asked(story)
    told = story.refused("case.end_enforcement")
    assert "「登记法院执行裁定」" in told and "第四十条" in told
    story.walk("case.register_ruling", "case.end_enforcement")
    assert not {"cx72", "qz54", "cx76_court", "qz58"} & story.open_rules()

    story.walk("case.record_publication")
    assert "本案应为「终结执行」" in story.refused("case.close", closing_ground="performed")
    story.does("case.close")

    closing = story.text("closing_approval")
    assert "终结执行" in closing and "没有可供执行的财产" in closing
    assert ("shili-justice", "supervisor") in story.told("case.end_enforcement")


def test_a_refusing_court_leaves_fifteen_days_for_the_higher_one(story: Story) -> None:
    """强制法58③: natural days from the receipt; then the organ ends enforcement, or was heard."""
    _asked(story)
    assert "没有可以申请复议的" in story.refused("case.ask_upper_court")
    story.does("case.register_ruling", ruling_kind="refused")
    assert story.due("qz58") == "2026-12-01T23:59"
    refused = {"execution_end": "court_refused"}
    assert "「不申请复议的理由」" in story.refused("case.end_enforcement", **refused)

    story.does("case.ask_upper_court")
    assert "qz58" not in story.open_rules()
    assert "没有登记相应的人民法院裁定" in story.refused("case.end_enforcement", **refused)
    story.does("case.register_ruling", ruling_kind="refused")
    assert "qz58" not in story.open_rules()  # one higher court, not a row of them

    story.does("case.end_enforcement", **refused)
    assert story.state("case") == "enforced"


def test_a_court_that_takes_no_application_leaves_an_end_too(story: Story) -> None:
    """强制法56②: the higher court, asked in time though entered later, then 终结执行."""
    _asked(story)
    story.does("case.register_ruling", ruling_kind="not_taken")
    not_taken = {"execution_end": "court_not_taken", "not_reconsidered": None}
    assert "「不申请复议的理由」" in story.refused("case.end_enforcement", **not_taken)
    story.waits(days=17)
    late = story.refused("case.ask_upper_court", upper_asked_on="2026-12-02")
    assert "期限已经届满" in late
    story.does("case.ask_upper_court", upper_asked_on="2026-11-20")
    story.does("case.register_ruling", ruling_kind="not_taken")

    assert story.does("case.end_enforcement", **not_taken).state == "enforced"


def test_a_party_gone_before_service_ends_the_case_in_any_state(story: Story) -> None:
    """程序规定47: nobody is left on whom to serve; evidence is asked, and nothing is published."""
    story.walk(*REVIEWED, "case.notice", "case.record_statement", "case.decide")
    slight = {"terminate_ground": "other", "terminate_basis": "行政处罚法第三十三条"}
    assert "应当作出处罚或者不予处罚决定" in story.refused("case.terminate", **slight)
    assert "「终止调查的证据」" in story.refused("case.terminate", terminate_evidence=None)
    assert story.does("case.terminate").state == "settled"
    assert not {"cf61", "gs9", "gs10"} & story.open_rules()
    assert story.does("case.close").state == "closed"
    assert "终止调查" in story.text("closing_approval")

    other = Story(story.office, now=story.now)
    other.does("register", outside_no=None, subject_name="王小明")
    other.walk(*REVIEWED[1:])
    other.does("case.notice", notice_right="hearing", planned_fine="150000")
    other.does("case.request_hearing")
    assert other.does("case.terminate").state == "settled"
    assert not {"cf64_apply", "cf64_notice", "tz22", "cx64"} & other.open_rules()


def test_nobody_and_nothing_left_ends_enforcement_with_evidence(story: Story) -> None:
    """强制法40(一)(二), of a fine on the spot too: a unit does not die, a person does."""
    story.walk(*SERVED)
    assert "还没有申请人民法院" in story.refused("case.register_ruling")
    bare = {**GONE, "execution_end_evidence": None}
    assert "「终结执行的证据」" in story.refused("case.end_enforcement", **bare)
    lost = {**GONE, "execution_end": "lost"}
    assert "金钱没有标的灭失" in story.refused("case.end_enforcement", **lost)
    dead = {**GONE, "execution_end": "no_heir"}
    assert "应为法人、其他组织终止" in story.refused("case.end_enforcement", **dead)
    assert story.does("case.end_enforcement", **GONE).state == "enforced"
    story.does("case.pay", paid="10000")  # who pays after all gets its receipt (处罚法67)
    assert "没有应当缴纳的罚没款" in story.refused("case.pay_part", paid="1")

    other = Story(story.office, now=story.now)
    other.does("register", outside_no=None, subject_name="王小明")
    other.walk("dispatch", "accept", "penalise_on_spot", "spot_penalty.file_record")
    assert "未缴纳" in other.refused("spot_penalty.close")
    other.does("spot_penalty.end_enforcement", **dead)
    assert other.does("spot_penalty.close").state == "closed"
