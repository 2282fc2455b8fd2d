"""Offences of office go to the 监察机关 by a letter of their own (310号令19、监察法37)."""

from tests.helpers.story import ACCEPTED, CONCLUDED, IN_CASE, Story


def test_a_clue_of_an_offence_of_office_goes_by_letter_to_the_supervisory_organ(
    story: Story,
) -> None:
    story.walk(*ACCEPTED, "duty_crime.propose", "duty_crime.approve")

    text = story.text("duty_crime_letter")
    assert "示例市监察委员会" in text
    assert "《行政执法机关移送涉嫌犯罪案件的规定》第十九条" in text
    assert "《中华人民共和国监察法》第三十七条" in text
    assert "公安" not in text
    assert ("shili-supervisory", None) in story.told("duty_crime.approve")


def test_the_receipt_lies_in_the_file_and_the_clue_goes_on(story: Story) -> None:
    story.walk(*ACCEPTED, "duty_crime.propose", "duty_crime.approve", "duty_crime.receipt")

    assert story.state("duty_crime") == "received"
    assert story.state() == "accepted"
    assert story.processes("duty_crime")[0].facts["receiver"] == "监委信访室"


def test_no_catalogue_of_the_clue_tells_of_it(story: Story) -> None:
    """Its receipt is an incoming paper like any other, and lies in none of the volumes."""
    story.walk(*IN_CASE, "duty_crime.propose", "duty_crime.approve", "duty_crime.receipt")
    story.walk("case.record_facts", "case.report", "case.send_for_review", "case.pass_review")
    story.walk("case.notice", "case.record_statement", "case.decide", "case.serve", "case.pay")
    story.walk("case.record_publication", "case.enforce", "case.close", "case.archive")
    story.walk("close", "archive")

    for kind in ("case_catalogue", "inner_case_catalogue"):
        for catalogue in story.papers(kind):
            assert "监察" not in str(catalogue.facts["卷内文件"]), kind


def test_a_receipt_is_not_dated_before_the_letter(story: Story) -> None:
    story.walk(*ACCEPTED, "duty_crime.propose", "duty_crime.approve")

    reasons = story.refused("duty_crime.receipt", receipt_at="2026-05-01T09:00:00+08:00")

    assert "移送监察机关的时间" in reasons


def test_the_police_are_no_addressee_for_it(story: Story) -> None:
    story.walk(*ACCEPTED)

    reasons = story.refused("duty_crime.propose", supervisory="shili-police")

    assert "应当移送监察机关" in reasons
    assert "第十九条" in reasons


def test_the_road_to_the_police_names_this_road(story: Story) -> None:
    story.walk(*CONCLUDED)

    reasons = story.refused("refer", offences=["non_transfer"])

    assert "徇私舞弊不移交刑事案件罪属职务犯罪" in reasons
    assert "「移送职务犯罪线索」" in reasons


def test_who_picks_the_supervisory_organ_for_a_referral_is_told_the_road(story: Story) -> None:
    story.walk(*CONCLUDED, "refer")

    reasons = story.refused("referral.approve", police="shili-supervisory")

    assert "「移送职务犯罪线索」" in reasons


def test_it_can_be_found_after_the_clue_has_ended(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="unfounded")
    story.walk("dismiss", "duty_crime.propose")

    assert story.state("duty_crime") == "proposed"


def test_a_penalty_waits_until_the_offence_of_office_is_sent(story: Story) -> None:
    """310号令第三条、第十九条: what is met is referred first, each to its own organ."""
    story.walk(*IN_CASE)
    answers = [{"offence": "non_transfer", "answer": "是"}]
    story.does("case.record_facts", screened=["non_transfer"], answers=answers)
    reasons = story.refused("case.terminate")
    assert "徇私舞弊不移交刑事案件罪" in reasons
    assert "职务犯罪线索移送监察机关" in reasons

    assert "请在「涉嫌职务犯罪罪名」写明" in story.refused("duty_crime.propose")
    story.does("duty_crime.propose", duty_offences=["non_transfer"])
    story.does("duty_crime.approve")

    assert "徇私舞弊不移交刑事案件罪" not in story.refused("case.terminate")


def test_a_letter_settles_the_offences_that_it_names_and_no_others(story: Story) -> None:
    """310号令第十九条: what was found of office afterwards goes by a letter of its own."""
    story.walk(*IN_CASE, "duty_crime.propose", "duty_crime.approve")
    answers = [{"offence": "non_transfer", "answer": "是"}]
    story.does("case.record_facts", screened=["non_transfer"], answers=answers)

    assert "徇私舞弊不移交刑事案件罪" in story.refused("case.terminate")
    story.does("duty_crime.propose", duty_offences=["non_transfer"])
    story.does("duty_crime.approve")
    assert "涉嫌罪名：徇私舞弊不移交刑事案件罪。" in story.text("duty_crime_letter")
    assert "徇私舞弊不移交刑事案件罪" not in story.refused("case.terminate")


def test_an_offence_for_the_police_does_not_go_to_the_supervisory_organ(story: Story) -> None:
    story.walk(*ACCEPTED)

    reasons = story.refused("duty_crime.propose", duty_offences=["fake_goods"])

    assert "不是职务犯罪，应当移送公安机关" in reasons
