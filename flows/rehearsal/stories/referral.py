"""Stories of a criminal referral: proposed, decided on by the principal, and what follows."""

from flows.rehearsal.beats import closed, dispatched, endorsed, signed, verified
from flows.rehearsal.clockwork import Story
from flows.rehearsal.people import officers
from flows.rehearsal.police_scenes import (
    asked_for_reasons,
    entered_on_platform,
    filed_by_police,
    forwarded,
    ordered_to_file,
    received,
    reconsidered,
    refused,
    supplemented,
    taken_back,
    without_receipt,
)
from flows.rehearsal.scene import Scene
from flows.rehearsal.stories.justice import comes_back, office_crime_sent
from flows.rehearsal.stories.paper_change import letter_corrected
from flows.rehearsal.stories.penalty import UNLAWFUL, filed, reviewed, to_the_end
from flows.rehearsal.stories.serving import served_in_case
from flows.rehearsal.wording import CLOSING, notice, referral

CRIMINAL = "查明的事实涉嫌犯罪，建议移送公安机关。"
OVER_THE_LIMIT = 5
"""Working days after which a principal who let the limit pass decides at last."""


def brought_to_referral(scene: Scene) -> Story:
    """To the point where the facts call for a referral: from the verification, or from a case."""
    dispatched(scene)
    yield from signed(scene)
    if "direct" in scene.turns:
        yield from verified(scene, "criminal", CRIMINAL)
        yield scene.hours(3)
        return
    yield from verified(scene, "unlawful", UNLAWFUL)
    yield from filed(scene)
    yield scene.hours(2)


def proposed(scene: Scene) -> Story:
    """Two officers report; where the screening met no threshold, there is nothing to propose."""
    if scene.state("case") and not scene.facts("case").get("threshold_met"):
        yield from to_the_end(scene)
        return
    if "consult" in scene.turns:
        yield from consulted(scene)
    scene.does("handler", "refer", **referral(scene))
    yield scene.hours(1)
    endorsed(scene, "referral")
    scene.does(
        "legal",
        "referral.review",
        legal_opinion="罪名、证据、管辖和移送材料适当，同意提请主要负责人决定。",
    )
    yield scene.days(OVER_THE_LIMIT if "late_approval" in scene.turns else 1, "10:20")


def consulted(scene: Scene) -> Story:
    """The procuratorate is asked in writing how it sees the facts."""
    scene.does(
        "handler",
        "request.ask",
        to_department=scene.department("procuratorate"),
        request_kind="consultation",
        request_text="本案事实是否达到涉嫌犯罪的移送标准，请提出意见。",
    )
    yield scene.days(2, "15:30")
    scene.does("procuratorate", "request.answer", answer="现有证据可以认定有犯罪嫌疑，建议移送。")
    yield scene.hours(1)


def approved(scene: Scene) -> Story:
    """The principal approves, and the packet goes to the police within twenty-four hours."""
    scene.does(
        "principal",
        "referral.approve",
        approval_note="同意移送。",
        police=scene.department("police"),
        lead_officer=officers(scene.holder, scene.clue_id)[0],
    )
    yield scene.hours(4)
    scene.does(
        "handler",
        "referral.deliver",
        delivered_at=scene.now.isoformat(),
        delivery_way="paper",
        copies=3,
    )
    entered_on_platform(scene)


def referred(scene: Scene) -> Story:
    """Brought to referral, proposed, approved, delivered."""
    yield from brought_to_referral(scene)
    yield from proposed(scene)
    yield from approved(scene)
    if "duty_crime" in scene.turns:
        yield from office_crime_sent(scene)


def refer_approved(scene: Scene) -> Story:
    """The police file; goods are handed over; later the matter may come back."""
    yield from referred(scene)
    yield from received(scene)
    if "open_at_police" in scene.turns:
        return
    yield from filed_by_police(scene)
    yield from concluded(scene)
    if "opinion_after_archive" in scene.turns:
        yield from comes_back(scene)


def concluded(scene: Scene) -> Story:
    """What the police took is closed; what came back goes on as a penalty case."""
    if "non_prosecution" in scene.turns or "cancel" in scene.turns:
        yield from taken_back(scene)
        if scene.state("case") == "investigating":
            yield from to_the_end(scene)
            return
    yield scene.days(2, "14:00")
    scene.does("head", "referral.close", referral_result="公安机关已立案侦查，涉案物品已移交。")
    yield from case_settled(scene)
    yield from closed(scene, "涉嫌犯罪，已依法移送公安机关立案侦查。")


def case_settled(scene: Scene) -> Story:
    """The administrative case that went along is closed and archived."""
    if scene.state("case") != "settled":
        return
    yield scene.hours(1)
    if scene.facts("case").get("seized"):
        scene.does("head", "case.release_seized", reason="物品已随案移交公安机关。")
        served_in_case(scene, "seizure_release")
    scene.does("head", "case.close", closing_ground="transferred", officers_opinion=CLOSING)
    yield scene.hours(1)
    scene.does("legal", "case.archive")


def refer_supplemented(scene: Scene) -> Story:
    """The police miss something, say so in a day, and get it."""
    yield from referred(scene)
    yield from received(scene, complete=False)
    if "misprint" in scene.turns:
        yield from letter_corrected(scene)
    yield from supplemented(scene)
    yield from filed_by_police(scene)
    yield from concluded(scene)


def refer_forwarded(scene: Scene) -> Story:
    """Other police are competent: the packet is sent on, and the bureau is told."""
    yield from referred(scene)
    yield from received(scene, competent=False)
    yield from forwarded(scene)
    yield from filed_by_police(scene)
    yield from concluded(scene)


def refer_declined(scene: Scene) -> Story:
    """The principal declines and says why; the penalty goes on."""
    yield from brought_to_referral(scene)
    yield from proposed(scene)
    scene.does(
        "principal",
        "referral.decline",
        decline_kind="evidence",
        whole_finding="whole",
        decline_ground="经集体研究并征询法制机构意见：烟花爆竹在现场检查时已停止出货并清运封存，"
        "发生重大伤亡事故的现实危险的证据不足，暂不移送；补充风险评估后如达到标准再行移送。",
    )
    yield scene.days(1, "09:00")
    yield from to_the_end(scene)


def refer_refused_reconsidered(scene: Scene) -> Story:
    """The police refuse; reconsidered, they file, or uphold and the procuratorate agrees."""
    yield from referred(scene)
    yield from received(scene)
    yield from refused(scene)
    yield from reconsidered(scene, overturned="upheld" not in scene.turns)
    if scene.state("referral") != "upheld":
        yield from concluded(scene)
        return
    yield from given_up(scene)


def given_up(scene: Scene) -> Story:
    """The procuratorate finds the refusal well founded; the case goes on as a penalty."""
    yield scene.hours(5)
    scene.does(
        "head",
        "referral.ask_supervision",
        supervision_ground="本机关认为现有证据足以证明有犯罪嫌疑，复议决定认定事实有误。",
    )
    entered_on_platform(scene)
    yield from asked_for_reasons(scene)
    yield scene.days(3, "10:00")
    scene.does(
        "police", "referral.explain_refusal", explanation="发行数量系不同年份累计，且大部分未售出。"
    )
    yield scene.days(4, "15:00")
    scene.does(
        "procuratorate",
        "referral.agree_refusal",
        agree_ground="经审查，现有证据不能证明违法所得达到追诉标准，不立案理由成立。",
    )
    yield scene.days(3, "10:30")
    scene.does("procuratorate", "referral.notify_agreed", notified_at=scene.now.isoformat())
    yield scene.days(1, "09:40")
    scene.does("head", "referral.close", referral_result="不立案理由成立，恢复行政处罚程序。")
    yield scene.hours(2)
    yield from to_the_end(scene)


def refer_supervised(scene: Scene) -> Story:
    """Refused, upheld, and ordered to be filed by the procuratorate."""
    yield from referred(scene)
    yield from received(scene)
    yield from refused(scene)
    yield from reconsidered(scene, overturned=False)
    yield from ordered_to_file(scene, explained=True)
    yield from concluded(scene)


def fine_instead_of_referral(scene: Scene) -> Story:
    """The bureau would rather fine; the law does not let it, and it refers."""
    yield from brought_to_referral(scene)
    yield from reviewed(scene)
    yield scene.hours(4)
    if not scene.is_refused("head", "case.notice", **notice(scene, "hearing")):
        return
    yield scene.hours(1)
    yield from proposed(scene)
    yield from approved(scene)
    if "no_receipt" in scene.turns:
        yield from without_receipt(scene)
    else:
        yield from received(scene)
        yield from filed_by_police(scene)
    yield from concluded(scene)
