"""Each finding of crime has its own decision on referral (310号令 3, 5②, 10, 11①, 13, 19)."""

from tests.helpers.story import ACCEPTED, IN_CASE, Story

FOUND = (*ACCEPTED, "verify")
TO_POLICE = ("referral.approve", "referral.deliver", "referral.receipt")
TO_REVIEW = ("case.report", "case.send_for_review", "case.pass_review")
CRIME: dict[str, object] = {"quantities": {"sales_amount": "86000"}, "screened": ["fake_goods"]}
MORE: dict[str, object] = {**CRIME, "quantities": {"sales_amount": "9000000"}}


def _found(story: Story) -> None:
    story.walk(*FOUND)
    story.does("conclude", finding="criminal")


def _found_again(story: Story, finding: str = "criminal") -> None:
    story.walk("resume_verification", "verify")
    story.does("conclude", finding=finding)


def test_an_old_decision_covers_no_later_finding(story: Story) -> None:
    """310号令 3, 5②: declined once, found again; also where the finding was changed since."""
    _found(story)
    story.walk("refer", "referral.decline")
    _found_again(story)

    for ending in ("dismiss", "transfer_on", "penalise_on_spot"):
        assert "应当提出移送" in story.refused(ending)
    _found_again(story, "minor")
    assert "核查结论曾为涉嫌犯罪" in story.refused("dismiss")
    _found_again(story)
    story.walk("refer", "referral.decline", "dismiss")
    assert story.state() == "closed"


def test_what_is_recorded_after_the_police_refused_is_decided_on_anew(story: Story) -> None:
    """310号令 3, 10, 11①: refused without a case, then larger figures; the same ones go on."""
    _found(story)
    story.does("refer", referred_quantities={"sales_amount": "86000"})
    story.walk(*TO_POLICE, "referral.refuse", "referral.close", "file_case")
    story.walk("case.assign_officers")
    story.does("case.record_facts", **MORE)
    story.walk(*TO_REVIEW)

    told = story.refused("case.notice")
    assert "须就新的事实重新决定" in told and "第十一条第一款" in told
    corrected = {"lowering_reason": "原登记误写", "lowering_evidence": "销售台账"}
    story.does("case.record_facts", **{**CRIME, **corrected})
    story.walk("case.send_for_review", "case.pass_review")
    assert story.does("case.notice").state == "noticed"


def test_figures_first_recorded_after_the_refusal_are_decided_on(story: Story) -> None:
    """310号令 3: nobody knows what the police looked at where the report told no figure."""
    _found(story)
    story.walk("refer", *TO_POLICE, "referral.refuse", "referral.close", "file_case")
    story.walk("case.assign_officers")
    story.does("case.record_facts", **CRIME)
    story.walk(*TO_REVIEW)

    assert "首次登记违法事实，须就新的事实重新决定" in story.refused("case.notice")
    story.walk("refer", "referral.decline")
    assert story.does("case.notice").state == "noticed"


def test_a_fine_does_not_stand_in_for_the_organ_that_the_police_named(story: Story) -> None:
    """310号令 3, 11①; 公安程序规定 180③."""
    _found(story)
    story.walk("file_case", "case.assign_officers", "case.record_facts", "refer", *TO_POLICE[:2])
    story.does("referral.receipt", competent="not_police")
    story.walk("referral.send_elsewhere", *TO_REVIEW)

    assert "应当移送示例海警局而没有移送" in story.refused("case.notice")
    story.walk("refer", "referral.decline")
    assert story.does("case.notice").state == "noticed"


def test_an_exemption_gives_the_rest_back_after_the_licence(story: Story) -> None:
    """310号令 13: judged after the referral was closed, the fine is possible again."""
    story.walk(*IN_CASE)
    story.does("case.record_facts", **CRIME)
    story.walk("refer", *TO_POLICE, "referral.file", "referral.hand_over")
    story.walk("case.take_up_licence", *TO_REVIEW)
    assert "尚未处理完毕" in story.refused("case.notice", notice_right="hearing")
    story.walk("referral.close")
    story.does("justice_paper.register", paper_kind="exempted")

    assert story.does("case.notice").state == "noticed"


def test_a_finding_that_is_all_of_office_is_settled_by_its_letter(story: Story) -> None:
    """310号令 19: the 监察机关 has it; nothing is left for the police."""
    _found(story)
    story.walk("duty_crime.propose", "duty_crime.approve")
    assert "应当提出移送" in story.refused("dismiss")
    story.does("duty_crime.propose", all_duty=True)
    # What settles the whole finding is the principal's alone (310号令5②).
    assert "只能由正职负责人" in story.refused("duty_crime.approve", by="head")
    story.walk("duty_crime.approve", "duty_crime.receipt", "dismiss")

    assert story.state() == "closed"


def test_a_crime_suspected_in_another_clue_of_the_party_is_weighed(story: Story) -> None:
    """310号令 3, 11①: the same act is not fined under another number."""
    story.walk(*IN_CASE)
    story.does("case.record_facts", **CRIME)
    first = story.row().no
    story.walk(*ACCEPTED)
    story.does("verify", same_subject_reason="另一批")
    assert first in story.refused("penalise_on_spot")
    story.walk("conclude", "file_case", "case.assign_officers", "case.record_facts", *TO_REVIEW)

    told = story.refused("case.notice")
    assert first in told and "「与涉嫌犯罪线索的关系」" in told and "第三条" in told
    story.does("case.notice", crime_relation="另一批次，与前案不是同一违法行为")
    story.waits(days=8)
    assert story.does("case.decide").state == "decided"


def test_a_crime_found_after_a_fine_on_the_spot_is_referred_and_comes_back(story: Story) -> None:
    """310号令 3, 5, 10, 11①: the fine does not keep the crime from the police."""
    story.walk(*FOUND)
    story.does("penalise_on_spot", offender="unit")
    story.walk("refer", "referral.decline")
    assert story.state() == "on_spot"
    story.walk("refer", *TO_POLICE, "referral.refuse", "referral.close")

    assert (story.state(), story.state("spot_penalty")) == ("on_spot", "decided")


def test_new_facts_open_an_archived_clue(story: Story) -> None:
    """310号令 3: a crime is referred whenever it is found."""
    story.walk(*FOUND)
    story.does("conclude", finding="unfounded")
    story.walk("dismiss", "archive", "reopen", "verify")
    story.does("conclude", finding="criminal")

    assert story.does("refer").state == "in_referral"


def test_declining_one_offence_settles_no_bare_finding(story: Story) -> None:
    """310号令 3, 5②: a finding that names no offence is declined whole, or stays undecided."""
    _found(story)
    story.does("refer", offences=["fake_goods"])

    told = story.refused("referral.decline", whole_finding=None)
    assert "没有写明罪名" in told and "「决定涵盖的范围」" in told and "第五条第二款" in told
    story.does("referral.decline", whole_finding="part")
    for ending in ("dismiss", "transfer_on", "penalise_on_spot"):
        assert "应当提出移送" in story.refused(ending)
    story.walk("file_case", "case.assign_officers", "case.record_facts", *TO_REVIEW)
    assert "没有就核查认定的其他犯罪作出决定" in story.refused("case.notice")
    story.walk("refer", "referral.decline")
    assert story.does("case.notice").state == "noticed"


def test_declining_one_offence_settles_no_finding_of_another(story: Story) -> None:
    """310号令 3: each offence that was found has a decision of its own, by whatever report."""
    story.walk(*FOUND)
    story.does("conclude", finding="criminal", found_offences=["toxic_food", "fake_goods"])
    story.does("refer", offences=["fake_goods"])

    told = story.refused("referral.decline", whole_finding=None)
    assert "生产、销售有毒、有害食品罪没有列入本次报告" in told
    story.does("referral.decline", whole_finding="part")
    left = story.refused("dismiss")
    assert "生产、销售有毒、有害食品罪" in left and "伪劣产品" not in left
    story.does("refer", offences=["toxic_food"])
    story.does("referral.decline", whole_finding=None)

    assert story.does("dismiss").state == "closed"


def test_what_was_found_is_asked_of_who_refers_less(story: Story) -> None:
    """310号令 5②: the whole case goes to the police; a narrower report says what it leaves."""
    story.walk(*FOUND)
    story.does("conclude", finding="criminal", found_offences=["toxic_food", "fake_goods"])
    story.does("refer", offences=["fake_goods"])
    assert "没有列入本次报告" in story.refused("referral.approve")
    story.does("referral.approve", whole_finding="part")
    story.walk(*TO_POLICE[1:], "referral.refuse", "referral.close")
    assert "生产、销售有毒、有害食品罪" in story.refused("dismiss")

    _found_again(story, "minor")
    assert "核查结论曾为涉嫌犯罪" in story.refused("dismiss")


def test_declining_one_offence_for_its_figures_says_nothing_of_another(story: Story) -> None:
    """310号令 5②: a threshold that another offence met is no objection to it, and stays met."""
    story.walk(*IN_CASE)
    story.does("case.record_facts", **CRIME)
    story.does("refer", offences=["toxic_food"])
    story.does("referral.decline", decline_kind="below", whole_finding=None)
    story.walk(*TO_REVIEW)

    assert "销售金额86,000元" in story.refused("case.notice")
