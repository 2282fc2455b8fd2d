"""What a referral takes along and who looked at it: papers, team, legal staff, platform, police."""

from tests.helpers.story import CONCLUDED, RECEIVED, REVIEWED, Story

PENALISED = (*REVIEWED, "case.notice", "case.record_statement", "case.decide", "case.serve")


def test_a_penalty_given_before_goes_along(story: Story) -> None:
    """环境办法第六条第（七）项."""
    story.walk(*PENALISED, "refer", "referral.approve")

    number = story.papers("penalty_decision")[-1].number
    rows = story.papers("materials_list")[-1].facts["材料清单"]
    assert [row["文号"] for row in rows if row["名称"] == "行政处罚决定书"] == [number]


def test_without_a_penalty_none_is_listed(story: Story) -> None:
    story.walk(*CONCLUDED, "refer", "referral.approve")

    assert "处罚决定书" not in story.text("materials_list")


def test_the_letter_names_the_main_basis_of_the_offence(story: Story) -> None:
    """310号令第六条: the letter to the police."""
    story.walk(*CONCLUDED, "refer", "referral.approve")

    assert "刑法第一百四十条" in story.text("crime_transfer")


def test_the_team_are_two_who_may_enforce_the_law(story: Story) -> None:
    """310号令第五条第一款: 二名以上行政执法人员."""
    story.walk(*CONCLUDED)

    reasons = story.refused("refer", officers=["legal", "principal"])

    assert "没有执法证号，不能作为专案组人员" in reasons
    assert "钱法制" in reasons


# --- the legal staff ---


def test_the_opinion_of_the_legal_staff_stands_on_the_approval(story: Story) -> None:
    story.walk(*CONCLUDED, "refer")
    assert ("shili-market", "legal_reviewer") in story.told("referral.propose")
    story.does("referral.review")

    story.does("referral.approve", unreviewed_reason=None)

    text = story.text("transfer_approval")
    assert "罪名、证据和管辖适当，同意移送" in text
    assert "钱法制" in text


def test_without_an_opinion_the_reason_stands_there(story: Story) -> None:
    story.walk(*CONCLUDED, "refer")
    assert "「移送前法制审核」" in story.refused("referral.approve", unreviewed_reason=None)

    story.does("referral.approve", unreviewed_reason="三日期限将满")

    assert "未经法制审核：三日期限将满" in story.text("transfer_approval")


def test_who_verified_does_not_review(story: Story) -> None:
    story.walk(*CONCLUDED, "refer")

    assert "只能由法制人员操作" in story.refused("referral.review", by="handler")


# --- 补充调查 (环境办法第八条) ---


def test_the_police_ask_for_a_further_inquiry_though_nothing_is_missing(story: Story) -> None:
    story.walk(*RECEIVED)
    story.does("referral.ask_further", further_until="2026-05-20")
    assert story.due("further_inquiry") == "2026-05-20T23:59"
    assert "310_review" in story.open_rules()
    assert ("shili-market", "handler") in story.told("referral.ask_further")

    story.does("referral.report_further")

    assert story.state("referral") == "received"
    assert "further_inquiry" not in story.open_rules()


def test_the_police_decide_without_waiting_for_it(story: Story) -> None:
    story.walk(*RECEIVED, "referral.ask_further")

    assert story.does("referral.file").state == "filed"
    assert "further_inquiry" not in story.open_rules()


# --- where the environmental rules bind ---


def _referred_by_ecology(story: Story) -> None:
    story.walk("register")
    story.does("dispatch", lead="shili-ecology", matter="industrial_pollution")
    for action in ("accept", "verify", "conclude"):
        story.does(action, by="ecology")
    officers = ["ecology", "ecology_second"]
    story.does("refer", by="ecology", officers=officers, offences=["pollution"])
    story.does("referral.approve", by="ecology_principal", lead_officer="ecology")


def test_an_environmental_bureau_enters_its_referral_on_the_platform(story: Story) -> None:
    """环境办法第三十四条: 7日."""
    _referred_by_ecology(story)
    clock = story.running("hj34_platform")
    assert (clock.due_at.date() - clock.started_at.date()).days == 7

    story.does("referral.record_platform", by="ecology")

    assert "hj34_platform" not in story.open_rules()


def test_the_platform_binds_no_other_bureau(story: Story) -> None:
    story.walk(*CONCLUDED, "refer", "referral.approve")

    assert "hj34_platform" not in story.open_rules()
    assert "没有待录入" in story.refused("referral.record_platform")


def test_the_police_answer_an_environmental_bureau_within_seven_days(story: Story) -> None:
    """环境办法第二十四条."""
    story.walk("register")
    story.does("dispatch", lead="shili-ecology", matter="industrial_pollution")
    story.does("accept", by="ecology")

    story.does(
        "request.ask",
        by="ecology",
        to_department="shili-police",
        request_kind="consultation",
        request_due=None,
    )

    clock = story.running("hj24_consult")
    assert (clock.due_at.date() - clock.started_at.date()).days == 7
    assert "第二十四条" in story.text("consultation_letter")
