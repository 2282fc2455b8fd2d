"""Every action that issues documents, walked through the one door: each paper is complete."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from sqlmodel import Session, select

from documents.facts.specific_facts import specific
from domain.rulebook.rulebook_reading import load_rulebook
from domain.shapes.lifecycles import Lifecycle
from domain.situation.situation import CHINA
from domain.tables.record import IssuedDocument
from tests.helpers.circulars import CircularStory
from tests.helpers.story import (
    ACCEPTED,
    APPROVED,
    CONCLUDED,
    IN_CASE,
    RECEIVED,
    REVIEWED,
    USUAL_CHAIR,
    Story,
    docx_text,
)

DECIDED = (*REVIEWED, "case.notice", "case.record_statement", "case.decide")
HEARING = ("case.request_hearing", "case.schedule_hearing")
SEIZED = (*IN_CASE, "case.seize")
ANNOUNCED: dict[str, object] = {
    "announce_reason": "登记住所已无人办公，直接送达、邮寄送达均被退回",
    "announced_in": "示例市市场监督管理局门户网站",
}
CONVICTED: dict[str, object] = {
    "paper_kind": "convicted",
    "paper_organ": "示例市示例区人民法院",
    "convicted_party": True,
    "criminal_fine": "50000",
    "judgement_effective_on": "2026-05-12",
    "proceeds": "keep",
}
COORDINATING = (*ACCEPTED, "dispute", "dispute.ask_coordination")
FILED_WITH_GOODS = (*SEIZED, "refer", "referral.approve", "referral.deliver", "referral.receipt")


def _asks_change(story: Story, action: str) -> None:
    report = story.papers("verification_report")[0]
    story.does(f"paper_change.{action}", by="legal", paper=report.id)


@dataclass(frozen=True)
class Way:
    """How a clue comes to an action, by whom it is taken, and what it then issues."""

    before: tuple[str, ...]
    action: str
    issues: tuple[str, ...]
    by: str = ""
    form: dict[str, object] = field(default_factory=dict)
    prepare: Callable[[Story], None] | None = None

    @property
    def name(self) -> str:
        return f"{self.action} → {'、'.join(self.issues)}"

    def walk(self, story: Story) -> list[IssuedDocument]:
        story.walk(*self.before)
        if self.prepare:
            self.prepare(story)
        done = story.does(self.action, by=self.by, **self.form)
        return list(done.documents)


def _offered_hearing(story: Story) -> None:
    story.does("case.notice", notice_right="hearing")


def _hearing_scheduled(story: Story) -> None:
    _offered_hearing(story)
    story.walk(*HEARING)


def _hearing_day(story: Story) -> None:
    _hearing_scheduled(story)
    story.does("case.serve_hearing_notice")
    story.waits(days=25)


def _heard_without_record(story: Story) -> None:
    """As a case stands that was heard before hearings had their record here."""
    _hearing_day(story)
    story.does("case.hold_hearing")
    with Session(story.office.engine) as session:
        [paper] = session.exec(
            select(IssuedDocument).where(IssuedDocument.kind == "hearing_record")
        ).all()
        session.delete(paper)
        session.commit()


def _sent_after_hearing(story: Story) -> None:
    _hearing_day(story)
    story.walk("case.hold_hearing", "case.send_hearing_for_review")


def _scene_recorded(story: Story) -> None:
    story.does("record.scene", occasion="measure")


def _not_yet_served(story: Story) -> None:
    story.does("case.notice", notice_served_on=None)


def _demand_not_yet_served(story: Story) -> None:
    story.waits(days=20)
    story.does("case.urge_payment", demand_served_on=None)


def _fine_is_late(story: Story) -> None:
    story.waits(days=20)


def _demand_is_over(story: Story) -> None:
    story.waits(days=20)
    story.does("case.urge_payment")
    story.waits(days=200)


def _nobody_came(story: Story) -> None:
    story.waits(days=40)


def _refund_is_told(story: Story) -> None:
    ground = "《价格违法行为行政处罚规定》第十六条"
    story.does("case.notice", planned_refund="1800", refund_ground=ground)
    story.waits(days=10)


def _spot_demand_is_over(story: Story) -> None:
    story.waits(days=20)
    story.does("spot_penalty.urge_payment")
    story.waits(days=70)


def _spot_demand_is_not_served(story: Story) -> None:
    story.waits(days=20)
    story.does("spot_penalty.urge_payment", demand_served_on=None, recipient=None)


def _order_is_over(story: Story) -> None:
    story.does("supervision.order")
    story.waits(days=9)


def _opinion_is_over(story: Story) -> None:
    _order_is_over(story)
    story.does("supervision.give_opinion")
    story.waits(days=9)


def _decision_given(story: Story) -> None:
    _opinion_is_over(story)
    story.does("supervision.give_decision")


def _to_be_remade(story: Story) -> None:
    story.does("remedy.conclude_review", outcome="revoked", remake=True)


def _assistance_asked(story: Story) -> None:
    story.does("request.ask", to_department="shixian-market", request_kind="assistance")


def _complains(story: Story) -> None:
    story.walk("register", "dispatch")
    story.does("accept", complaint_kind="complaint")


def _admitted(story: Story) -> None:
    _complains(story)
    story.does("admit_complaint")


def _scene_recorded(story: Story) -> None:
    story.does("record.scene", occasion="measure")


def _finding_of_crime_changed(story: Story) -> None:
    story.does("conclude", finding="criminal")
    story.walk("resume_verification", "verify")
    story.does("conclude", finding="minor")


def _serves(story: Story) -> None:
    story.does("register")
    story.does("dispatch", lead="shili-urban", matter=None, handling="service")
    story.does("accept", by="urban")


def _mediated(story: Story) -> None:
    story.does("accept", complaint_kind="complaint")
    story.walk("admit_complaint", "complaint.agree")


def _ready_to_archive(story: Story) -> None:
    story.walk("case.serve", "case.pay", "case.record_publication", "case.enforce", "case.close")


def _labour_case(story: Story) -> None:
    story.does("register")
    story.does("dispatch", lead="shili-human")
    for action in ("accept", "verify", "conclude"):
        story.does(action, by="human")
    story.does("file_case", by="human_head", case_officers=["human", "human_second"])


def _asks(kind: str, to: str, *issues: str) -> Way:
    return Way(ACCEPTED, "request.ask", issues, form={"request_kind": kind, "to_department": to})


_RELEASE = ("matter_approval", "seizure_release", "property_list", "service_receipt")
_SEIZURE = ("seizure_decision", "property_list", "service_receipt")
_PRESERVATION = ("preservation_notice", "property_list", "service_receipt")
_NOT_TO_FILE = ("refusal_to_file", "result_reply")
_GONE: dict[str, object] = {
    "execution_end": "dissolved",
    "execution_end_evidence": "注销登记通知书，清算报告",
}
WAYS: tuple[Way, ...] = (
    Way((), "register", ("clue_registration",)),
    Way(
        (),
        "register",
        ("clue_registration", "arrival_receipt"),
        form={"channel": "department", "handed_by": "示例县市场监督管理局"},
    ),
    Way(("register",), "redirect", ("redirect_notice",)),
    Way(("register",), "dispatch", ("dispatch_slip",)),
    Way(("register", "dispatch"), "return", ("return_letter",)),
    Way(ACCEPTED, "dispute", ("dispute_letter",)),
    Way(
        (*DECIDED, "refer", "referral.approve", "referral.deliver"),
        "justice_paper.register",
        ("fine_set_off_notice",),
        form=CONVICTED,
    ),
    Way(
        (*CONCLUDED, "justice_paper.register_opinion"),
        "justice_paper.reply",
        ("opinion_reply",),
    ),
    Way((*ACCEPTED, "duty_crime.propose"), "duty_crime.approve", ("duty_crime_letter",)),
    Way(ACCEPTED, "penalise_on_spot", ("spot_decision",)),
    Way(
        (*ACCEPTED, "penalise_on_spot"),
        "spot_penalty.revoke_decision",
        ("revocation_decision", "service_receipt"),
    ),
    Way(
        (*ACCEPTED, "penalise_on_spot"),
        "spot_penalty.urge_payment",
        ("demand_notice", "service_receipt"),
        prepare=_fine_is_late,
    ),
    Way(
        (*ACCEPTED, "penalise_on_spot"),
        "spot_penalty.serve_demand",
        ("service_announcement",),
        form={"demand_way": "notice", **ANNOUNCED},
        prepare=_spot_demand_is_not_served,
    ),
    Way(
        (*ACCEPTED, "penalise_on_spot"),
        "spot_penalty.put_off_payment",
        ("matter_approval", "put_off_notice", "service_receipt"),
    ),
    Way(
        (*ACCEPTED, "penalise_on_spot"),
        "spot_penalty.amend_decision",
        ("matter_approval", "amendment_decision", "service_receipt"),
    ),
    Way(
        (*ACCEPTED, "penalise_on_spot", "spot_penalty.amend_decision"),
        "spot_penalty.serve",
        ("service_receipt",),
    ),
    Way(
        (*ACCEPTED, "penalise_on_spot", "spot_penalty.amend_decision"),
        "spot_penalty.serve",
        ("service_announcement",),
        form={"service_way": "notice", "recipient": None, **ANNOUNCED},
    ),
    Way(
        (*ACCEPTED, "penalise_on_spot"),
        "spot_penalty.correct_decision",
        ("matter_approval", "correction_notice", "service_receipt"),
    ),
    Way(
        (*ACCEPTED, "penalise_on_spot"),
        "spot_penalty.end_enforcement",
        ("matter_approval",),
        form=_GONE,
    ),
    Way(
        (*DECIDED, "case.serve"),
        "case.end_enforcement",
        ("matter_approval",),
        form=_GONE,
    ),
    Way(
        (*ACCEPTED, "penalise_on_spot"),
        "spot_penalty.apply_for_enforcement",
        ("enforcement_application",),
        prepare=_spot_demand_is_over,
    ),
    Way(
        (*ACCEPTED, "penalise_on_spot", "remedy.register_review"),
        "file_remade",
        ("filing_approval", "interim_reply"),
        prepare=_to_be_remade,
    ),
    Way((*IN_CASE, "case.seize"), "early_disposal.seek_owner", ("disposal_announcement",)),
    Way(
        (*IN_CASE, "case.seize", "early_disposal.propose"),
        "early_disposal.approve",
        ("matter_approval", "disposal_notice", "service_receipt"),
    ),
    Way(
        (*IN_CASE, "case.seize", "case.release_seized"),
        "unclaimed_goods.announce",
        ("goods_announcement",),
    ),
    Way(
        (*IN_CASE, "case.seize", "case.release_seized", "unclaimed_goods.announce"),
        "unclaimed_goods.surrender",
        ("matter_approval",),
        prepare=_nobody_came,
    ),
    Way(IN_CASE, "identification.ask", ("identification_request",)),
    Way((*REVIEWED, "file_access.ask"), "file_access.grant", ("file_access_reply",)),
    Way((*REVIEWED, "file_access.ask"), "file_access.refuse", ("file_access_reply",)),
    Way(
        (*REVIEWED, "file_access.ask", "file_access.grant"),
        "file_access.record",
        ("file_access_record",),
    ),
    Way(
        REVIEWED,
        "case.order_refund",
        ("matter_approval", "refund_order", "service_receipt"),
        prepare=_refund_is_told,
    ),
    Way((), "admit_complaint", ("complaint_admission", "interim_reply"), prepare=_complains),
    Way((), "reject_complaint", ("complaint_rejection", "result_reply"), prepare=_complains),
    Way(
        (),
        "answer_service",
        ("result_reply",),
        by="urban",
        form={"result": "已修复路灯三盏。"},
        prepare=_serves,
    ),
    Way((), "complaint.summon", ("mediation_notice",), prepare=_admitted),
    Way((), "complaint.commission", ("testing_commission",), prepare=_admitted),
    Way((), "complaint.agree", ("mediation_agreement",), prepare=_admitted),
    Way((), "complaint.end", ("mediation_end",), prepare=_admitted),
    Way(("register", "dispatch"), "close_complaint", ("result_reply",), prepare=_mediated),
    Way((*ACCEPTED, "dispute"), "dispute.submit", ("designation_request",)),
    Way((*ACCEPTED, "dispute"), "dispute.assign", ("jurisdiction_designation",)),
    Way((*ACCEPTED, "dispute"), "dispute.ask_coordination", ("coordination_request",)),
    Way(COORDINATING, "dispute.coordinate", ("coordination_opinion",)),
    Way(COORDINATING, "dispute.propose", ("jurisdiction_proposal",)),
    Way((*COORDINATING, "dispute.propose"), "dispute.decide", ("jurisdiction_decision",)),
    Way(
        ACCEPTED,
        "verify",
        ("joint_verification_notice",),
        form={"cooperating": ["shili-health"]},
    ),
    Way((*ACCEPTED, "verify"), "verification.ask", ("joint_verification_notice",)),
    Way(ACCEPTED, "extend_verification", ("matter_approval",)),
    Way(ACCEPTED, "send_for_testing", ("testing_commission",)),
    Way(ACCEPTED, "transfer_on", ("transfer_letter", "reporter_transfer_notice")),
    Way(
        IN_CASE,
        "transfer_on",
        ("transfer_letter", "reporter_transfer_notice", "closing_approval"),
    ),
    Way(ACCEPTED, "extend_reply", ("extension_request",)),
    Way((*ACCEPTED, "verify"), "conclude", ("verification_report",)),
    Way(CONCLUDED, "file_case", ("filing_approval", "interim_reply")),
    Way(ACCEPTED, "interim_reply", ("interim_reply",)),
    Way((*IN_CASE, "case.terminate"), "reply_result", ("result_reply",)),
    Way(ACCEPTED, "measure.seize", ("matter_approval", *_SEIZURE)),
    Way(ACCEPTED, "measure.seize_on_spot", _SEIZURE),
    Way(
        (*ACCEPTED, "measure.seize", "send_for_testing"),
        "prolong_testing",
        ("testing_period_notice", "service_receipt"),
    ),
    Way(
        (*IN_CASE, "case.commission"),
        "case.prolong_testing",
        ("testing_period_notice", "service_receipt"),
    ),
    Way(ACCEPTED, "measure.preserve", ("matter_approval", *_PRESERVATION)),
    Way(ACCEPTED, "measure.preserve_on_spot", _PRESERVATION),
    Way(
        (*ACCEPTED, "measure.seize_on_spot"),
        "measure.approve",
        ("matter_approval",),
        prepare=_scene_recorded,
    ),
    Way((*ACCEPTED, "measure.seize_on_spot"), "measure.refuse", _RELEASE),
    Way(
        (*ACCEPTED, "measure.preserve_on_spot"),
        "measure.refuse",
        ("matter_approval", "preservation_release", "property_list", "service_receipt"),
    ),
    Way(
        (*ACCEPTED, "measure.seize"),
        "measure.extend",
        ("matter_approval", "seizure_extension", "service_receipt"),
    ),
    Way((*ACCEPTED, "measure.seize"), "measure.release", _RELEASE),
    Way(
        (*ACCEPTED, "measure.preserve"),
        "measure.deal_with",
        ("matter_approval", "preservation_release", "property_list", "service_receipt"),
    ),
    Way(CONCLUDED, "dismiss", _NOT_TO_FILE),
    Way(CONCLUDED, "govern", ("interview_record", "result_reply")),
    Way(CONCLUDED, "govern", ("commitment_letter", "result_reply"), form={"means": "promise"}),
    Way(
        CONCLUDED,
        "govern",
        ("correction_order", "service_receipt", "result_reply"),
        form={
            "means": "correct",
            "facts_found": "货架上有临期未标示的奶粉",
            "nature_ground": "食品安全法第五十四条",
            "order_ground": "食品安全法第一百三十二条",
            "correct_by": "2026-06-30",
        },
    ),
    Way(CONCLUDED, "refer", ("crime_investigation_report",)),
    Way(
        IN_CASE,
        "case.preserve",
        ("matter_approval", "preservation_notice", "property_list", "service_receipt"),
    ),
    Way(
        (*IN_CASE, "case.preserve"),
        "case.release_preserved",
        ("matter_approval", "preservation_release", "property_list", "service_receipt"),
    ),
    Way(
        IN_CASE,
        "case.seize",
        ("matter_approval", "seizure_decision", "property_list", "service_receipt"),
    ),
    Way(
        SEIZED,
        "case.extend_seizure",
        ("matter_approval", "seizure_extension", "service_receipt"),
    ),
    Way(SEIZED, "case.release_seized", _RELEASE),
    Way(
        SEIZED,
        "case.commission",
        ("testing_commission", "testing_period_notice", "service_receipt"),
    ),
    Way(
        (*IN_CASE, "case.commission"),
        "case.record_result",
        ("testing_result_notice", "service_receipt"),
    ),
    Way(
        (*IN_CASE, "case.commission", "refer", "referral.approve", "referral.deliver"),
        "case.record_result_beside",
        ("testing_result_notice", "service_receipt"),
    ),
    Way(REVIEWED[:-1], "case.extend_review", ("matter_approval",)),
    Way(IN_CASE, "case.suspend", ("matter_approval",)),
    Way((*IN_CASE, "case.suspend"), "case.resume", ("matter_approval",)),
    Way(IN_CASE, "case.terminate", ("matter_approval",)),
    Way(IN_CASE, "case.extend", ("matter_approval",)),
    Way((*IN_CASE, "case.record_facts"), "case.report", ("investigation_closing_report",)),
    Way(REVIEWED[:-1], "case.pass_review", ("legal_review",)),
    Way(REVIEWED[:-1], "case.send_back", ("legal_review",)),
    Way(REVIEWED, "case.notice", ("penalty_notice", "service_receipt")),
    Way((*REVIEWED, "case.notice"), "case.record_statement", ("statement_record",)),
    Way(
        (*REVIEWED,),
        "case.schedule_hearing",
        ("hearing_notice", "hearing_announcement", "service_receipt"),
        prepare=lambda story: (_offered_hearing(story), story.walk(HEARING[0]))[1],
    ),
    Way(
        (*REVIEWED,),
        "case.schedule_hearing",
        ("hearing_notice", "service_receipt"),
        form={"hearing_open": "closed", "closed_reason": "涉及商业秘密"},
        prepare=lambda story: (_offered_hearing(story), story.walk(HEARING[0]))[1],
    ),
    Way(REVIEWED, "case.hold_hearing", ("hearing_record", "hearing_report"), prepare=_hearing_day),
    Way(REVIEWED, "case.end_hearing", ("hearing_record",), prepare=_hearing_day),
    Way(
        REVIEWED,
        "case.end_hearing",
        ("hearing_record", "hearing_waiver"),
        form={"hearing_end_ground": "withdrawn", "hearing_signed": "signed"},
        prepare=_hearing_scheduled,
    ),
    Way(REVIEWED, "case.write_hearing_record", ("hearing_record",), prepare=_heard_without_record),
    Way(
        REVIEWED,
        "case.record_statement",
        ("statement_record", "hearing_waiver"),
        form={"hearing_waived": True},
        prepare=_offered_hearing,
    ),
    Way(IN_CASE, "case.order_correction", ("correction_order", "service_receipt")),
    Way(ACCEPTED, "record.scene", ("scene_record",)),
    Way(ACCEPTED, "record.sampling", ("sampling_record",)),
    Way(ACCEPTED, "record.inquiry", ("inquiry_record",)),
    Way(IN_CASE, "record.inspection", ("inspection_record",)),
    Way(IN_CASE, "record.destruction", ("destruction_record",)),
    Way(
        (*ACCEPTED, "verify"),
        "crime_revocation.revoke",
        ("matter_approval",),
        prepare=_finding_of_crime_changed,
    ),
    Way(
        (*IN_CASE, "recusal.apply"),
        "recusal.grant",
        ("recusal_decision", "service_receipt"),
    ),
    Way(
        (*IN_CASE, "recusal.apply"),
        "recusal.refuse",
        ("recusal_decision", "service_receipt"),
    ),
    Way(CONCLUDED, "tell_reporter", ("report_result_notice",)),
    Way((*CONCLUDED, "reward.propose"), "reward.approve", ("reward_approval",)),
    Way(REVIEWED, "case.pass_hearing_review", ("legal_review",), prepare=_sent_after_hearing),
    Way(REVIEWED, "case.return_hearing_review", ("legal_review",), prepare=_sent_after_hearing),
    Way(
        (*DECIDED, "case.serve"),
        "case.put_off_payment",
        ("matter_approval", "put_off_notice", "service_receipt"),
    ),
    Way(
        REVIEWED,
        "case.notice",
        ("penalty_notice", "service_receipt", "service_announcement"),
        form={"notice_way": "notice", **ANNOUNCED},
    ),
    Way(
        REVIEWED,
        "case.serve_notice",
        ("service_announcement",),
        form={"notice_way": "notice", **ANNOUNCED},
        prepare=_not_yet_served,
    ),
    Way(
        REVIEWED,
        "case.serve_hearing_notice",
        ("service_announcement",),
        form={"hearing_notice_way": "notice", **ANNOUNCED},
        prepare=_hearing_scheduled,
    ),
    Way(
        DECIDED,
        "case.serve",
        ("service_announcement",),
        form={"service_way": "notice", **ANNOUNCED},
    ),
    Way(
        SEIZED,
        "case.serve_other",
        ("service_announcement",),
        form={"other_way": "notice", **ANNOUNCED},
    ),
    Way(
        (*DECIDED, "case.serve"),
        "case.serve_demand",
        ("service_announcement",),
        form={"demand_way": "notice", **ANNOUNCED},
        prepare=_demand_not_yet_served,
    ),
    Way(
        (*DECIDED, "case.serve"),
        "case.urge_payment",
        ("demand_notice", "service_receipt", "service_announcement"),
        form={"demand_way": "notice", **ANNOUNCED},
        prepare=_fine_is_late,
    ),
    Way((*DECIDED, "case.serve", "remedy.register_review"), "remedy.answer", ("review_answer",)),
    Way((*DECIDED, "case.serve", "remedy.register_suit"), "remedy.answer", ("suit_answer",)),
    Way(
        (*DECIDED, "case.serve"),
        "case.revoke_decision",
        ("matter_approval", "revocation_decision", "service_receipt"),
    ),
    Way(
        (*DECIDED, "case.serve"),
        "case.revoke_and_remake",
        ("matter_approval", "revocation_decision", "service_receipt"),
    ),
    Way(
        (*DECIDED, "case.serve"),
        "case.amend_decision",
        ("matter_approval", "amendment_decision", "service_receipt"),
    ),
    Way(
        (*DECIDED, "case.serve"),
        "case.correct_decision",
        ("matter_approval", "correction_notice", "service_receipt"),
    ),
    Way(
        (*DECIDED, "case.serve", "case.record_publication"),
        "case.revise_publication",
        ("publication_revision",),
    ),
    Way(
        CONCLUDED,
        "paper_change.approve",
        ("paper_correction",),
        by="head",
        prepare=lambda story: _asks_change(story, "ask_correction"),
    ),
    Way(
        CONCLUDED,
        "paper_change.approve",
        ("paper_replacement",),
        by="head",
        prepare=lambda story: _asks_change(story, "ask_replacement"),
    ),
    Way(IN_CASE, "case.confirm_address", ("address_confirmation",)),
    Way(APPROVED, "referral.complete_packet", ("materials_list",)),
    Way(
        (*REVIEWED, "case.notice", "case.record_statement"), "case.discuss", ("discussion_record",)
    ),
    Way(
        DECIDED[:-1],
        "case.decide",
        ("decision_approval", "penalty_decision", "publication_summary", "service_receipt"),
    ),
    Way(
        REVIEWED,
        "case.decide_no_penalty",
        ("decision_approval", "no_penalty_decision", "service_receipt"),
    ),
    Way(
        (*DECIDED, "case.serve"),
        "case.urge_payment",
        ("demand_notice", "service_receipt"),
        prepare=_fine_is_late,
    ),
    Way(
        (*DECIDED, "case.serve"),
        "case.apply_for_enforcement",
        ("enforcement_application",),
        prepare=_demand_is_over,
    ),
    Way((*IN_CASE, "case.terminate"), "case.close", ("closing_approval",)),
    Way(
        DECIDED,
        "case.archive",
        ("case_cover", "case_catalogue", "inner_case_cover", "inner_case_catalogue"),
        prepare=_ready_to_archive,
    ),
    Way(DECIDED, "case_review.review", ("case_review",), by="legal", prepare=_ready_to_archive),
    Way((*CONCLUDED, "dismiss"), "archive", ("case_cover", "case_catalogue")),
    Way(DECIDED, "close", ("result_reply",), prepare=_ready_to_archive),
    Way(
        APPROVED[:-1],
        "referral.approve",
        ("transfer_approval", "crime_transfer", "goods_list", "materials_list", "interim_reply"),
    ),
    Way(
        (*IN_CASE, "refer"),
        "referral.approve",
        ("transfer_approval", "crime_transfer", "goods_list", "materials_list", "matter_approval"),
    ),
    Way(
        (),
        "case.extend_investigation",
        ("matter_approval",),
        by="human_head",
        prepare=_labour_case,
    ),
    Way(APPROVED[:-1], "referral.decline", ("transfer_approval",)),
    Way(
        (*APPROVED, "referral.deliver"),
        "referral.supplement",
        ("materials_list",),
        prepare=lambda story: (
            story.does("referral.receipt", complete="incomplete"),
            story.walk("referral.ask_supplement"),
        )[1],
    ),
    Way((*RECEIVED, "referral.ask_further"), "referral.report_further", ("materials_list",)),
    Way((*RECEIVED, "referral.file"), "referral.hand_over", ("goods_handover_list",)),
    Way(
        (*FILED_WITH_GOODS, "referral.file"),
        "referral.hand_over",
        ("goods_handover_list", "goods_transfer_notice", "service_receipt"),
    ),
    Way((*RECEIVED, "referral.refuse"), "referral.reconsider", ("reconsideration_request",)),
    Way(
        (*RECEIVED, "referral.refuse"),
        "referral.ask_supervision",
        ("filing_supervision_proposal",),
    ),
    Way(
        (*RECEIVED, "referral.file", "referral.non_prosecution"),
        "referral.reply_opinion",
        ("opinion_reply",),
    ),
    _asks("assistance", "shixian-market", "assistance_letter"),
    _asks("cross_region", "shixian-market", "assistance_letter"),
    _asks("police_help", "shili-police", "help_request"),
    _asks("appraisal", "shili-health", "help_request"),
    _asks("goods", "shili-urban", "help_request"),
    _asks("early", "shili-police", "help_request"),
    _asks("consultation", "shili-procuratorate", "consultation_letter"),
    _asks("report", "shili-health", "situation_report"),
    Way((*ACCEPTED, "request.ask"), "request.answer", ("request_reply",)),
    Way((*ACCEPTED, "request.ask"), "request.decline", ("request_reply",)),
    Way(ACCEPTED, "request.extend", ("request_reply",), by="county", prepare=_assistance_asked),
    Way(ACCEPTED, "supervision.urge", ("urging_notice",)),
    Way(ACCEPTED, "supervision.order", ("supervision_order",)),
    Way(
        ACCEPTED,
        "supervision.give_opinion",
        ("supervision_opinion",),
        prepare=_order_is_over,
    ),
    Way(
        ACCEPTED,
        "supervision.give_decision",
        ("supervision_decision",),
        prepare=_opinion_is_over,
    ),
    Way(ACCEPTED, "supervision.publicise", ("supervision_circular",), prepare=_decision_given),
    Way(("circular.draft",), "circular.issue", ("circular",)),
)
RULES = load_rulebook()
OF_UNDERTAKINGS = {
    *("draw_record", "matter_list", "annual_plan", "publication_text"),
    *("opinion_request", "filing_report", "risk_warning_notice"),
    *("assessment_report", "measure_request", "repair_answer", "joint_discussion"),
    "objection_answer",
    *("visit_approval", "visit_notice", "visit_record", "check_record"),
    *("visit_result_notice", "visit_publicity", "recheck_record"),
}


@pytest.mark.parametrize("way", WAYS, ids=[way.name for way in WAYS])
def test_an_action_issues_its_documents_complete(way: Way, story: Story) -> None:
    of_circular = way.action.startswith("circular.")
    papers = way.walk(CircularStory(story.office) if of_circular else story)

    assert tuple(paper.kind for paper in papers) == way.issues
    for paper in papers:
        text = docx_text(story.office.shelf.get(paper.sha256))
        assert "{{" not in text
        assert "None" not in text
        assert "待法制核对" not in text
        assert "涉嫌涉嫌" not in text


def test_every_kind_and_every_issuing_action_is_walked() -> None:
    walked = {(way.action if "." in way.action else f"clue.{way.action}") for way in WAYS}
    walked -= {"clue.refer", "clue.penalise_on_spot"}
    # Read in tests.flows: draws, publications, warnings, assessment; test_service.py.
    walked |= {
        "draw.reveal",
        "service.record",
        "risk_warning.push",
        "assessment.issue",
        "joint_proceeding.discuss",
        *("breach_record.trigger", "credit_repair.grant", "credit_repair.refuse"),
        *(f"credit_objection.{one}" for one in ("uphold", "correct", "reject")),
        *(f"publication.{one}" for one in ("consult", "file", "publish", "circulate")),
    }
    # And those of inspections in tests.flows.visits.
    visits = ("approve", "approve_late", "recognise", "notice", "postpone", "tell")
    walked |= {*(f"visit.{one}" for one in visits), "finding.enter_result", "finding.publish"}
    walked |= {f"visit_correction.{one}" for one in ("order", "recheck_passes", "recheck_fails")}
    asked = {f"{kind}.{name}" for kind, one in RULES.lifecycles.items() for name in _issuing(one)}

    brought = {"referral.propose", "spot_penalty.decide", "case.transfer_away"}
    brought |= {"case.move_to_police", "clue.end_verification"}
    assert asked - brought == walked  # what brings them about is walked
    assert {kind for way in WAYS for kind in way.issues} == set(RULES.documents) - OF_UNDERTAKINGS


def _issuing(lifecycle: Lifecycle) -> list[str]:
    return [name for name, one in lifecycle.actions.items() if one.issues]


def test_every_maker_of_facts_is_for_a_kind_that_exists() -> None:
    assert set(specific) <= set(RULES.documents)


def test_the_chairs_of_the_walk_are_known() -> None:
    assert set(USUAL_CHAIR.values()) <= {
        *("desk", "system", "head", "supervisor", "legal", "health", "arbiter"),
        *("principal", "police", "procuratorate", "handler", "staffing", "government", "section"),
    }


# --- what the facts say --------------------------------------------------------------------------


def test_a_seizure_runs_thirty_days_and_its_extension_names_both_ends(story: Story) -> None:
    story.walk(*IN_CASE, "case.seize")
    assert "2026年5月11日至2026年6月10日" in story.text("seizure_decision")

    story.does("case.extend_seizure")

    decision = story.papers("seizure_decision")[0]
    text = story.text("seizure_extension")
    assert decision.number is not None
    assert decision.number in text
    assert "期限至2026年6月10日" in text
    assert "延长至2026年7月10日" in text


def test_the_list_bears_the_number_of_its_measure(story: Story) -> None:
    story.walk(*IN_CASE, "case.seize")

    number = story.papers("seizure_decision")[0].number
    text = story.text("property_list")
    assert number is not None
    assert f"《扣押决定书》（{number}）" in text
    assert "喷码机" in text


def test_days_of_testing_move_the_end_of_a_seizure_and_the_party_learns_it(story: Story) -> None:
    """行政强制法第二十五条第三款: the days of testing do not count, and the party is told them.

    The day of the commission counts towards the thirty, the day of the result does not.
    """
    story.walk(*SEIZED, "case.commission")
    story.waits(days=5)

    story.does("case.record_result")

    assert story.due("cx38")[:10] == "2026-06-15"
    assert "载明的期限顺延至2026年6月15日" in story.text("testing_result_notice")


def test_a_receipt_lists_what_the_party_gets_and_nothing_internal(story: Story) -> None:
    story.walk(*IN_CASE, "case.seize")

    text = story.text("service_receipt")
    assert "扣押决定书" in text
    assert "场所、设施、财物清单" in text
    assert "审批表" not in text


def test_an_approval_given_by_the_head_says_so(story: Story) -> None:
    story.walk(*IN_CASE, "case.preserve")
    preserved = story.text("matter_approval")
    story.walk("case.release_preserved", "case.extend")
    given = story.text("matter_approval")

    assert "先行登记保存" in preserved
    assert "同意" in preserved
    assert "同意" in given
    assert "延长办案期限（延长至" in given


def test_the_demand_counts_the_surcharge_of_the_day(story: Story) -> None:
    story.walk(*DECIDED, "case.serve")
    story.does("case.pay_part", paid="4000")
    story.waits_until("2026-05-28T09:00")

    story.does("case.urge_payment")

    text = story.text("demand_notice")
    assert "罚款数额：10,000.00元" in text
    assert "已缴数额：4,000.00元" in text
    assert "加处罚款：360.00元" in text
    assert "应缴合计：6,360.00元" in text


def test_the_court_is_asked_after_the_demand_and_the_party_s_own_time(story: Story) -> None:
    story.walk(*DECIDED, "case.serve")
    assert "尚未催告" in story.refused("case.apply_for_enforcement")
    story.waits(days=20)
    story.does("case.urge_payment")
    assert "催告期限尚未届满" in story.refused("case.apply_for_enforcement")
    story.waits(days=40)
    assert "提起行政诉讼的期限尚未届满" in story.refused("case.apply_for_enforcement")
    story.waits(days=150)

    story.does("case.apply_for_enforcement")

    demand = story.papers("demand_notice")[0].number
    text = story.text("enforcement_application")
    assert demand is not None
    assert demand in text
    assert "示例市示例区人民法院" in text
    assert "加处罚款10,000.00元" in text


def test_seized_goods_that_went_to_the_police_are_no_longer_held(story: Story) -> None:
    story.walk(*FILED_WITH_GOODS, "referral.file", "referral.hand_over")

    assert story.processes("case")[0].facts["seized"] is False
    assert not {"cx38", "qz25"} & story.open_rules()
    text = story.text("goods_transfer_notice")
    assert "示例市公安局" in text
    assert str(story.papers("goods_handover_list")[0].number) in text


def test_the_party_found_out_in_the_verification_stands_in_the_decision(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.does(
        "conclude",
        subject_code="91990000MA0000001B",
        legal_person="林某",
        licence="营业执照",
        subject_address="示例市海滨路12号",
    )
    story.walk("file_case", "case.assign_officers", "case.record_facts", "case.report")
    story.walk("case.send_for_review", "case.pass_review", "case.notice")
    story.walk("case.record_statement", "case.decide")

    text = story.text("penalty_decision")
    for found in ("91990000MA0000001B", "林某", "营业执照", "示例市海滨路12号"):
        assert found in text
    assert "送达《行政处罚告知书》" in text


def test_the_decision_of_supervision_is_the_government_s(story: Story) -> None:
    story.walk(*ACCEPTED)
    _decision_given(story)

    text = story.text("supervision_decision")
    assert text.startswith("示例市人民政府")
    assert "抄送：示例市司法局" in text
    assert story.papers("supervision_decision")[0].number is None


def test_an_article_nobody_saw_is_quoted_by_its_title_alone(story: Story) -> None:
    story.walk(*ACCEPTED, "extend_reply")

    text = story.text("extension_request")
    assert "《山东省政务服务热线管理办法》的规定" in text
    assert "条号待核" not in text


def test_an_extension_names_the_old_day_and_the_new(story: Story) -> None:
    story.walk(*ACCEPTED)
    before = story.running("sd12_do").due_at.astimezone(CHINA)

    story.does("extend_reply")

    after = story.running("sd12_do").due_at.astimezone(CHINA)
    text = story.text("extension_request")
    assert f"答复期限为{before:%Y年%-m月%-d日}" in text
    assert f"{after:%Y年%-m月%-d日}" in text
    assert after > before


def test_a_reply_answers_the_letter_by_its_number(story: Story) -> None:
    story.walk(*ACCEPTED, "request.ask", "request.answer")

    number = story.papers("situation_report")[0].number
    text = story.text("request_reply")
    assert number is not None
    assert number in text
    assert "示例市市场监督管理局：" in text


def test_the_catalogue_lists_the_papers_and_the_cover_counts_them(story: Story) -> None:
    story.walk(*CONCLUDED, "dismiss", "archive")

    listed = len(story.papers()) - 2
    assert f"{listed}件" in story.text("case_cover")
    assert "卷宗封面" not in story.text("case_catalogue")


# --- who signs, and what is said once -------------------------------------------------------------


def test_a_report_that_goes_to_no_superior_has_no_line_for_who_signs(story: Story) -> None:
    """GB/T 9704: 签发人 stands on papers to a superior; an empty one was left on every report."""
    story.walk(*CONCLUDED)

    assert "签发人" not in story.text("verification_report")


@pytest.mark.parametrize("worded", [None, "同时责令改正。"])
def test_a_decision_states_its_fine_once_whatever_was_written_beside(
    story: Story, worded: str | None
) -> None:
    """The listed kinds and sums are what is decided; free text explains."""
    story.walk(*DECIDED[:-1])

    story.does("case.decide", penalty=worded, fine="10000")

    lines = story.text("penalty_decision").splitlines()
    assert lines.count("罚款人民币壹万元整（10,000.00元）。") == 1
    assert ("同时责令改正。" in lines) is (worded is not None)


def test_a_statement_written_as_a_sentence_ends_with_one_stop(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice")
    story.does("case.record_statement", statement="请求从轻处罚。", statement_reviewed="不采纳。")

    story.does("case.decide")

    assert "当事人提出：请求从轻处罚。本机关复核意见：不采纳。" in story.text("penalty_decision")
