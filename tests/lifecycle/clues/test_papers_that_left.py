"""Papers that left the house: not voided, but corrected or replaced by an act, or by their own."""

from datetime import timedelta

import pytest

from domain.lifecycle.plan import Refused
from domain.rulebook.rulebook_reading import load_rulebook
from flows.door.attachments import Upload, add_attachment
from flows.papers.correction_rights import Correction
from flows.papers.corrections import reissue, void
from flows.papers.genuineness import verify_code
from flows.site.store import reading
from tests.helpers.people import actor
from tests.helpers.story import APPROVED, RECEIVED, REVIEWED, Story
from tests.lifecycle.penalties.test_remedies import SERVED

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
ASKED = {"addressee": "示例市公安局", "change_reason": "数额计算有误，与调查报告不一致"}


def _void(story: Story, kind: str, by: str = "legal") -> str:
    """Why the paper is not voided."""
    paper = story.papers(kind)[-1]
    with pytest.raises(Refused) as refused:
        void(story.office, paper.id or 0, Correction(actor(by), story.now, "有误"))
    assert story.papers(kind)[-1].voided_at is None
    return str(refused.value)


def _standing(story: Story, kind: str) -> tuple[str, str]:
    with reading(story.office.engine) as session:
        [found] = verify_code(session, story.office, story.papers(kind)[0].code)
    return found.outcome, found.note


def test_a_letter_the_police_signed_for_is_not_voided(story: Story) -> None:
    """Trial, finding 1: legal staff alone replaced a referral that the police had received."""
    story.walk(*RECEIVED)

    told = _void(story, "crime_transfer")

    assert "已于2026年5月11日送出，不能作废" in told
    assert "「提请补正文书」" in told and "「提请更换文书」" in told


def test_a_decision_that_was_served_names_its_own_acts(story: Story) -> None:
    story.walk(*SERVED)

    told = _void(story, "penalty_decision")

    for act in ("补正、更正决定书", "自行变更处罚决定", "自行撤销决定"):
        assert f"「{act}」" in told


def test_a_letter_to_another_department_leaves_when_it_is_issued(story: Story) -> None:
    story.walk("register", "dispatch", "accept", "verify", "conclude")

    assert "送出，不能作废" in _void(story, "verification_report")


def test_what_is_approved_and_not_yet_delivered_is_voided(story: Story) -> None:
    story.walk(*APPROVED)
    [letter] = story.papers("crime_transfer")
    assert letter.left_at is None

    void(story.office, letter.id or 0, Correction(actor("legal"), story.now, "有误"))

    assert story.papers("crime_transfer")[0].voided_at == story.now


def test_a_letter_is_taken_back_and_replaced_by_who_signs_it(story: Story) -> None:
    """The principal approves, a notice goes out, he signs the new letter, service is on file."""
    story.walk(*RECEIVED)
    old = story.papers("crime_transfer")[0]
    story.does("paper_change.ask_replacement", by="legal", paper=old.id, **ASKED)
    assert "须由签发原文书的岗位" in story.refused("paper_change.approve", by="head")

    story.does("paper_change.approve", by="principal")
    early = story.refused("paper_change.serve")
    story.now += timedelta(hours=1)
    fresh = reissue(story.office, old.id or 0, Correction(actor("principal"), story.now))
    story.does("paper_change.serve")

    notice = story.papers("paper_replacement")[0]
    assert "新的文书还没有制发" in early
    assert (fresh.issued_by, fresh.replaces_id, fresh.left_at) == (
        "principal",
        old.id,
        fresh.issued_at,
    )
    assert f"（{old.number}）内容有误，现予撤销" in story.text("paper_replacement")
    assert story.papers("crime_transfer")[0].void_reason == f"以{notice.number}撤销，重新制发"
    assert _standing(story, "crime_transfer")[0] == "void"
    assert story.state("paper_change") == "served"
    assert story.chain_holds()


def test_a_slip_of_the_pen_is_corrected_and_the_letter_stands(story: Story) -> None:
    story.walk(*RECEIVED)
    old = story.papers("crime_transfer")[0]
    words = {"wrong_text": "0000-0000002", "right_text": "0000-0000007"}
    for wrong, right, named in (
        ("涉案金额86000元", "涉案金额36000元", "金额"),
        ("三日内答复，即30日内", "三日内答复，即60日内", "期限"),
        ("刑法第一百四十条", "刑法第一百四十三条", "法律依据"),
        ("示例市鑫源食品有限公司", "示例市某某贸易有限公司", "当事人"),
    ):
        changed = {"wrong_text": wrong, "right_text": right}
        asked = {"by": "legal", "paper": old.id, **ASKED, **changed}
        told = story.refused("paper_change.ask_correction", **asked)
        assert named in told and "「提请更换文书」" in told

    story.does("paper_change.ask_correction", by="legal", paper=old.id, **ASKED, **words)
    story.does("paper_change.approve", by="principal")

    notice = story.papers("paper_correction")[0]
    text = story.text("paper_correction")
    assert "示例市公安局" in text and "0000-0000007" in text
    assert story.papers("crime_transfer")[0].altered_by_id == notice.id
    assert _standing(story, "crime_transfer") == ("authentic", f"已由{notice.number}补正")


def test_nobody_approves_the_change_he_asked_for(story: Story) -> None:
    story.walk("register", "dispatch", "accept", "verify", "conclude")
    report = story.papers("verification_report")[0]

    story.does("paper_change.ask_replacement", by="head", paper=report.id, **ASKED)

    assert "提请人不能自行批准" in story.refused("paper_change.approve", by="head")


def test_notices_and_decisions_are_not_replaced_past_their_own_acts(story: Story) -> None:
    """A new notice gives the party new days, a revoked decision ends its clocks."""
    story.walk(*SERVED)
    for kind, act in (("penalty_decision", "自行撤销决定"), ("penalty_notice", "处罚告知")):
        paper = story.papers(kind)[0]
        told = story.refused("paper_change.ask_replacement", by="legal", paper=paper.id, **ASKED)
        assert f"「{act}」" in told


def test_another_organs_paper_is_not_asked_for(story: Story) -> None:
    story.walk(*RECEIVED)
    slip = story.papers("dispatch_slip")[0]

    told = story.refused("paper_change.ask_replacement", by="legal", paper=slip.id, **ASKED)

    assert "没有本机关制发的" in told


def test_a_revoked_decision_is_no_longer_valid_to_whoever_checks_its_code(story: Story) -> None:
    story.walk(*SERVED)

    story.does("case.revoke_decision")

    outcome, note = _standing(story, "penalty_decision")
    assert outcome == "void"
    assert note == f"已由{story.papers('revocation_decision')[0].number}撤销"


def test_a_notice_handed_over_when_it_is_made_has_left(story: Story) -> None:
    """处罚法第六十一条: what the party holds is not made unsaid by legal staff alone."""
    story.walk(*REVIEWED)
    story.does("case.notice", notice_served_on=story.now.isoformat())

    assert "送出，不能作废" in _void(story, "penalty_notice")


def test_a_notice_not_yet_handed_over_is_voided(story: Story) -> None:
    story.walk(*REVIEWED)
    story.does("case.notice", notice_served_on=None, notice_way=None)

    paper = story.papers("penalty_notice")[-1]
    void(story.office, paper.id or 0, Correction(actor("legal"), story.now, "有误"))
    assert story.papers("penalty_notice")[-1].voided_at is not None


def test_a_demand_on_a_spot_penalty_has_left_with_its_issue(story: Story) -> None:
    story.walk("register", "dispatch", "accept", "penalise_on_spot", "spot_penalty.file_record")
    story.waits(days=40)
    story.does("spot_penalty.urge_payment")

    assert "送出，不能作废" in _void(story, "demand_notice")


def test_a_revocation_takes_back_the_decision_with_what_amended_it(story: Story) -> None:
    """Who asks for the first decision learns that it is revoked, not that it was once amended."""
    story.walk(*SERVED)
    story.does("case.amend_decision", fine="3000")
    [amendment] = story.papers("amendment_decision")
    assert _standing(story, "penalty_decision")[1] == f"已由{amendment.number}变更"

    story.does("case.revoke_decision")

    [notice] = story.papers("revocation_decision")
    for kind in ("penalty_decision", "amendment_decision"):
        outcome, note = _standing(story, kind)
        assert note == f"已由{notice.number}撤销" and outcome != "authentic", kind


def test_a_revocation_not_yet_served_is_voided_and_issued_by_the_signer_of_today(
    story: Story,
) -> None:
    """It binds once the party has it; the one issued in its stead revokes what it revoked."""
    story.walk(*SERVED, "case.revoke_decision")
    [notice] = story.papers("revocation_decision")
    assert notice.left_at is None

    void(story.office, notice.id or 0, Correction(actor("legal"), story.now, "事由写错"))
    assert _standing(story, "penalty_decision") == ("authentic", "")
    story.now += timedelta(hours=1)
    fresh = reissue(story.office, notice.id or 0, Correction(actor("principal"), story.now))

    assert (fresh.issued_by, fresh.left_at) == ("principal", None)
    assert _standing(story, "penalty_decision") == ("void", f"已由{fresh.number}撤销")
    story.does("case.serve_other", other_document="revocation_decision")
    assert story.papers("revocation_decision")[-1].left_at == story.now
    assert "送出，不能作废" in _void(story, "revocation_decision")
    assert story.chain_holds()


def test_only_the_paper_that_was_served_has_left(story: Story) -> None:
    """Of two papers of a case that wait to be served, the act for other papers names one."""
    story.walk(*SERVED, "case.correct_decision", "case.put_off_payment")

    story.does("case.serve_other", other_document="correction_notice")

    assert story.papers("correction_notice")[-1].left_at == story.now
    assert story.papers("put_off_notice")[-1].left_at is None


def test_a_paper_beside_a_case_has_left_with_the_record_of_its_service(story: Story) -> None:
    story.walk("register", "dispatch", "accept", "penalise_on_spot", "spot_penalty.put_off_payment")
    [paper] = story.papers("put_off_notice")
    assert paper.left_at is None

    story.does("service.record", paper=paper.id)

    assert "送出，不能作废" in _void(story, "put_off_notice")


def test_a_signed_receipt_handed_in_says_that_the_paper_left(story: Story) -> None:
    story.walk(*SERVED, "case.put_off_payment")
    [paper] = story.papers("put_off_notice")
    scan = Upload("回证.png", PNG, "送达回证扫描件", "other", receipt_of=paper.id or 0)

    add_attachment(story.office, story.clue or 0, scan, actor("handler"), story.now)

    assert "送出，不能作废" in _void(story, "put_off_notice")


def test_every_paper_whose_service_is_recorded_later_waits_for_it() -> None:
    """行政强制法第二十四条: what is handed over on the spot is out with its issue, nothing else."""
    rules = load_rulebook()
    on_the_spot = {"seizure_decision", "preservation_notice", "interview_record"}
    at_once = {
        document
        for table in rules.lifecycles.values()
        if table.root == "clue"
        for act in table.actions.values()
        if "service_receipt" in (issued := [one.document for one in act.issues])
        for document in issued
        if (kind := rules.documents[document]).to == "当事人"
        and kind.series
        and not kind.leaves_with
    }

    assert at_once <= {*on_the_spot, "service_announcement", "commitment_letter"}
