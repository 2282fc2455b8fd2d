"""How far the people of a random walk want to take a clue when nothing comes between."""

from dataclasses import dataclass, field

from tests.helpers.filled_forms import Form

START = "dispatch accept verify conclude "
CASE = START + "file_case case.assign_officers case.record_facts "
REVIEW = "case.report case.send_for_review case.pass_review case.notice "
END = "case.record_publication case.enforce case.close case.archive close archive"
POLICE = START + "refer referral.approve referral.deliver referral.receipt "
SUPERVISED = (
    POLICE
    + "referral.refuse referral.ask_supervision referral.ask_reasons referral.explain_refusal "
)


@dataclass(frozen=True)
class Ambition:
    """Actions in the order in which they are wanted, with what their forms must say."""

    actions: tuple[str, ...]
    forms: dict[str, Form] = field(default_factory=dict)


def _towards(actions: str, **forms: Form) -> Ambition:
    return Ambition(
        tuple(actions.split()), {name.replace("__", "."): form for name, form in forms.items()}
    )


DISSOLVED: Form = {
    "execution_end": "dissolved",
    "execution_end_evidence": "注销登记通知书，财产查询结果",
}
AT_MEASURE: Form = {"occasion": "measure"}
GOODS_TOO = ["fine", "illegal_goods"]
HEARING: Form = {"notice_right": "hearing"}
INCOMPLETE: Form = {"complete": "incomplete"}
ELSEWHERE: Form = {"competent": "elsewhere"}
SERVICE: Form = {"handling": "service", "matter": ""}
ECONOMIC: Form = {"offences": ["illegal_fundraising"]}
COMPLAINT: Form = {"complaint_kind": "complaint"}
BOTH: Form = {"complaint_kind": "both"}
CRIME: Form = {"quantities": {"sales_amount": "86000"}, "screened": ["fake_goods"]}

MEASURE: Form = {"contested": "measure"}
LOWERED: Form = {"outcome": "changed", "penalty_kinds": ["fine"], "fine": "6000"}
ANNOUNCED: Form = {
    "notice_way": "notice",
    "announce_reason": "住所已无人办公，邮寄送达被退回",
    "announced_in": "本机关门户网站",
}
SERVED = CASE + REVIEW + "case.record_statement case.decide case.serve "

AMBITIONS = (
    _towards(
        "dispatch accept admit_complaint complaint.summon complaint.commission "
        "complaint.record_result complaint.find_clue complaint.agree close_complaint archive",
        accept=COMPLAINT,
    ),
    _towards(
        "dispatch accept split_report admit_complaint complaint.end complaint.tell "
        "close_complaint archive",
        accept=BOTH,
    ),
    _towards(
        "dispatch accept penalise_on_spot spot_penalty.file_record spot_penalty.pay "
        "spot_penalty.close close archive",
    ),
    _towards(
        SERVED + "case.end_enforcement case.record_publication case.close",
        case__end_enforcement=DISSOLVED,
    ),
    _towards(
        START + "penalise_on_spot spot_penalty.file_record spot_penalty.end_enforcement "
        "spot_penalty.close close",
        penalise_on_spot={"subject_name": "示例市鑫源食品有限公司", "offender": "unit"},
        spot_penalty__end_enforcement=DISSOLVED,
    ),
    _towards(
        START + "penalise_on_spot spot_penalty.check_discretion spot_penalty.revoke_decision "
        "spot_penalty.file_record spot_penalty.close close",
        penalise_on_spot={"off_degree_reason": "没有可以适用的档次"},
    ),
    _towards(
        START + "penalise_on_spot spot_penalty.file_record remedy.register_review remedy.answer "
        "remedy.conclude_review spot_penalty.pay spot_penalty.close close",
    ),
    _towards(
        START + "penalise_on_spot spot_penalty.file_record remedy.register_review "
        "remedy.conclude_review file_remade spot_penalty.close case.assign_officers "
        "case.record_facts case.report",
        remedy__conclude_review={"outcome": "revoked", "remake": True},
    ),
    _towards(
        START + "penalise_on_spot spot_penalty.hand_in spot_penalty.bank "
        "spot_penalty.file_record spot_penalty.close close archive",
        penalise_on_spot={
            "fine": "150",
            "pay_by": "cash",
            "cash_ground": "hard",
            "receipt_no": "SLFK0001",
        },
    ),
    _towards(
        START
        + "record.scene record.inquiry record.sampling file_case record.inspection recusal.apply "
        "recusal.grant case.replace_officers case.order_correction case.check_correction "
        "reward.propose reward.approve reward.pay case.record_facts case.report"
    ),
    _towards(
        "correct_at_desk dispatch accept ask_secrecy withhold_stored correct_registration "
        "incoming_paper.register reject_complaint archive",
        correct_at_desk={"place": "示例市海滨路12号"},
        correct_registration={"place": "示例市海滨路12号一楼"},
        dispatch=COMPLAINT,
    ),
    _towards(
        "dispatch accept reassign penalise_on_spot spot_penalty.file_record "
        "spot_penalty.pay spot_penalty.revoke_decision spot_penalty.return_payment "
        "spot_penalty.close",
    ),
    _towards(
        CASE
        + "case.seize identification.ask identification.record early_disposal.seek_owner "
        + "early_disposal.take_up early_disposal.approve early_disposal.carry_out "
        + "case.release_seized early_disposal.settle unclaimed_goods.announce "
        + "unclaimed_goods.fetch file_access.ask file_access.grant file_access.record"
    ),
    _towards(
        CASE
        + "case.seize early_disposal.propose early_disposal.refuse identification.ask "
        + "identification.give_up file_access.ask file_access.refuse"
    ),
    _towards(
        "dispatch accept penalise_on_spot spot_penalty.correct_decision "
        "spot_penalty.amend_decision spot_penalty.serve spot_penalty.file_record"
    ),
    _towards("dispatch accept recognise_report recognise_complaint", accept=COMPLAINT),
    _towards(CASE + REVIEW + "case.record_statement case.decide case.serve case.pay " + END),
    _towards(
        CASE
        + "case.seize record.scene case.preserve case.commission case.prolong_testing "
        + "case.record_result reinspection.apply reinspection.accept reinspection.conclude "
        + "case.extend_seizure "
        + "case.release_preserved case.release_seized case.suspend case.resume case.extend "
        + REVIEW
        + "case.request_hearing case.schedule_hearing case.serve_hearing_notice "
        + "case.announce_hearing case.hold_hearing "
        + "case.send_hearing_for_review case.pass_hearing_review "
        + "case.discuss case.decide case.serve case.pay_part case.pay "
        + END,
        case__notice=HEARING,
        record__scene=AT_MEASURE,
    ),
    _towards(CASE + REVIEW + "case.decide_no_penalty case.serve " + END),
    _towards(
        CASE + REVIEW + "case.request_hearing case.schedule_hearing case.serve_hearing_notice "
        "case.end_hearing case.record_statement case.investigate_further case.report",
        case__notice=HEARING,
    ),
    _towards(
        CASE + "case.seize case.preserve dispute dispute.assign case.release_seized "
        "case.release_preserved case.leave"
    ),
    _towards(CASE + "case.terminate case.close close reopen"),
    _towards(
        CASE + "refer referral.approve referral.deliver referral.receipt referral.ask_supplement "
        "referral.supplement referral.file referral.hand_over referral.close case.close close",
        referral__receipt=INCOMPLETE,
        case__record_facts=CRIME,
    ),
    _towards(
        POLICE + "referral.refuse referral.reconsider referral.uphold_refusal "
        "referral.ask_supervision referral.ask_reasons referral.explain_refusal "
        "referral.order_filing referral.file referral.cancel referral.close",
    ),
    _towards(
        CASE + "refer referral.approve referral.deliver referral.receipt referral.extend_review "
        "referral.file referral.non_prosecution referral.reply_opinion referral.close",
        refer=ECONOMIC,
    ),
    _towards(POLICE + "referral.ask_further referral.report_further referral.file"),
    _towards(POLICE + "referral.send_elsewhere", referral__receipt={"competent": "not_police"}),
    _towards("dispatch accept duty_crime.propose duty_crime.approve duty_crime.receipt"),
    _towards(POLICE + "referral.forward referral.receipt", referral__receipt=ELSEWHERE),
    _towards(
        CASE + "case.seize remedy.register_review remedy.answer remedy.conclude_review",
        remedy__register_review=MEASURE,
        remedy__conclude_review={"outcome": "revoked"},
    ),
    _towards(SUPERVISED + "referral.agree_refusal referral.notify_agreed referral.close"),
    _towards(CASE + "refer referral.decline " + REVIEW),
    _towards(
        CASE
        + "refer referral.approve referral.deliver referral.receipt referral.refuse referral.close"
    ),
    _towards(
        START + "dismiss archive",
        conclude={"finding": "unfounded"},
        dismiss={"no_filing_kind": ""},
    ),
    _towards(
        "dispatch accept answer_service",
        dispatch=SERVICE,
        answer_service={"result": "路灯已经修复"},
    ),
    _towards(
        "dispatch accept recognise_violation verify conclude",
        dispatch=SERVICE,
        recognise_violation={"kind_reason": "来件反映无证经营"},
    ),
    _towards(START + "govern", conclude={"finding": "minor"}),
    _towards("dispatch dispute dispute.agree accept"),
    _towards("dispatch return dispatch dispute dispute.submit dispute.assign accept"),
    _towards(
        "dispatch dispute dispute.ask_coordination dispute.ask_staffing "
        "dispute.give_duties_opinion dispute.coordinate dispute.propose dispute.decide accept"
    ),
    _towards("dispatch dispute dispute.ask_coordination dispute.coordinate dispute.agree accept"),
    _towards(START + "transfer_on accept", conclude={"finding": "elsewhere"}),
    _towards(CASE + "transfer_on accept"),
    _towards(CASE + "split_complaint"),
    _towards("dispatch accept verify part.submit verification.draft conclude"),
    _towards(
        "dispatch accept measure.seize_on_spot record.scene measure.approve interim_reply "
        "measure.extend send_for_testing prolong_testing receive_test_result measure.release "
        "measure.preserve_on_spot measure.refuse measure.preserve measure.deal_with "
        "measure.seize verify conclude file_case case.terminate reply_result",
        record__scene={"occasion": "measure"},
        measure__seize={"goods_again": "new_facts", "goods_again_reason": "解除后又用它喷码"},
        measure__preserve={"goods_again": "other", "goods_again_reason": "另一本台账"},
    ),
    _towards(
        "dispatch accept measure.seize verify conclude file_case case.assign_officers case.seize "
        "record.scene case.record_facts "
        + REVIEW
        + "case.decide case.confiscate_seized measure.confiscate",
        measure__seize={"subject_name": "示例市鑫源食品有限公司"},
        case__seize={"goods_again": "other", "goods_again_reason": "另一台，序号不同"},
        record__scene=AT_MEASURE,
        case__notice={
            "planned_kinds": GOODS_TOO,
            "planned_goods_value": "500",
            "planned_penalty": "没收喷码机1台",
            "planned_fine": "9000",
        },
        case__decide={
            "penalty_kinds": GOODS_TOO,
            "goods_value": "500",
            "fine": "9000",
            "penalty": "没收喷码机1台",
        },
    ),
    _towards(
        CASE + "case.seize remedy.register_suit remedy.answer remedy.judge remedy.appeal "
        "remedy.conclude_suit",
        remedy__register_suit=MEASURE,
    ),
    _towards(
        SERVED + "remedy.register_review remedy.answer remedy.conclude_review "
        "case.return_payment case.report",
        remedy__conclude_review={"outcome": "revoked", "remake": True},
    ),
    _towards(
        SERVED + "remedy.register_suit remedy.answer remedy.judge remedy.appeal "
        "remedy.conclude_suit case.pay case.enforce",
        remedy__conclude_suit=LOWERED,
    ),
    _towards(
        SERVED + "case.correct_decision case.amend_decision case.confirm_address "
        "case.revoke_decision case.close close"
    ),
    _towards(
        CASE
        + "case.seize record.scene case.serve_other remedy.register_review remedy.conclude_review "
        "case.report case.send_for_review case.pass_review case.notice case.serve_notice "
        "case.end_announcement case.decide",
        record__scene=AT_MEASURE,
        remedy__register_review={"contested": "measure"},
        remedy__conclude_review={"outcome": "revoked"},
        case__notice={"notice_served_on": None},
        case__serve_notice=ANNOUNCED,
    ),
    _towards(
        SERVED + "case.record_publication remedy.register_review remedy.conclude_review "
        "case.revise_publication case.revoke_and_remake",
        remedy__conclude_review={"outcome": "unlawful"},
    ),
    _towards(
        SERVED + "remedy.register_review remedy.conclude_review case.pay",
        remedy__conclude_review={"outcome": "upheld"},
    ),
)
