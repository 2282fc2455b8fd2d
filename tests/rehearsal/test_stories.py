"""Every story of the rehearsal comes to its end, decided by what the clue shows."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, select

from domain.situation.situation import CHINA
from domain.tables.record import Event
from flows.rehearsal.cast import STORIES
from flows.rehearsal.clockwork import on_day
from flows.rehearsal.narrative import read_narratives
from flows.rehearsal.people import read_users
from flows.rehearsal.timeline import Chronicle, in_full, in_short
from flows.rehearsal.work_orders import read_work_orders
from flows.site.event_chain import verify
from flows.site.store import reading
from tests.helpers.rehearsed import (
    clue_of,
    deeds,
    paper_text,
    papers,
    play,
    rehearsal_office,
    states,
)
from tests.rehearsal.paper_faults import faults_of

pytestmark = pytest.mark.early

ENDS: dict[str, tuple[str, dict[str, str], str]] = {
    "SL20260921024": ("archived", {"verification": "concluded"}, "refusal_to_file"),
    "SL20260921035": ("archived", {"verification": "concluded"}, "commitment_letter"),
    "SL20260921011": ("archived", {"complaint": "told"}, "mediation_end"),
    "SL20260921038": ("archived", {"complaint": "agreed"}, "mediation_agreement"),
    "SL20260921029": ("archived", {"spot_penalty": "closed"}, "spot_decision"),
    "SL20260921019": ("redirected", {}, "redirect_notice"),
    "SL20260921012": ("archived", {"part": "submitted"}, "verification_report"),
    "SL20260921042": ("archived", {"part": "passed_over"}, "joint_verification_notice"),
    "SL20260921044": ("archived", {"verification": "concluded"}, "result_reply"),
    "SL20260921046": ("archived", {"transfer": "signed"}, "dispatch_slip"),
    "SL20260922011": ("archived", {"transfer": "deemed_signed"}, "correction_order"),
    "SL20260922013": ("archived", {"dispute": "decided"}, "jurisdiction_decision"),
    "SL20260922007": ("archived", {"dispute": "agreed", "case": "archived"}, "penalty_decision"),
    "SL20260921018": ("archived", {"supervision": "closed"}, "supervision_order"),
    "SL20260921048": ("archived", {"case": "archived"}, "penalty_decision"),
    "SL20260921051": ("archived", {"case": "archived"}, "no_penalty_decision"),
    "SL20260921017": ("archived", {"case": "archived"}, "hearing_notice"),
    "SL20260921002": (
        "archived",
        {"case": "archived", "remedy": "concluded"},
        "enforcement_application",
    ),
    "SL20260921033": (
        "archived",
        {"case": "archived", "remedy": "concluded"},
        "publication_revision",
    ),
    "SL20260921028": (
        "archived",
        {
            "referral": "closed",
            "case": "archived",
            "justice_paper": "replied",
            "measure": "handed",
        },
        "opinion_reply",
    ),
    "SL20260921021": ("archived", {"referral": "closed"}, "crime_transfer"),
    "SL20260921022": ("archived", {"case": "archived"}, "preservation_notice"),
    "SL20260921003": ("archived", {"referral": "declined", "case": "archived"}, "penalty_decision"),
    "SL20260921054": ("archived", {"referral": "closed"}, "materials_list"),
    "SL20260921007": ("archived", {"referral": "closed"}, "goods_handover_list"),
    "SL20260921006": ("archived", {"referral": "closed"}, "reconsideration_request"),
    "SL20260921005": ("archived", {"referral": "closed"}, "filing_supervision_proposal"),
    "SL20260921032": ("archived", {"referral": "closed", "case": "archived"}, "penalty_decision"),
    "SL20260921037": (
        "archived",
        {"referral": "closed", "case": "archived", "duty_crime": "received"},
        "duty_crime_letter",
    ),
    "SL20260921008": ("archived", {"referral": "closed", "case": "archived"}, "crime_transfer"),
    "SL20260921039": ("archived", {"referral": "closed"}, "filing_supervision_proposal"),
}
"""By order: the end of its clue, of its processes, and a document that its story needs."""


@pytest.mark.parametrize("number", ENDS)
def test_a_story_comes_to_its_end(number: str, tmp_path: Path) -> None:
    """Alone on the stage, with everything real but Prefect."""
    office = rehearsal_office(tmp_path)

    stage = play(office, number)

    end, processes, paper = ENDS[number]
    assert stage.stuck == []
    state, found = states(office, number)
    assert state == end
    assert {kind: found.get(kind) for kind in processes} == processes
    assert paper in papers(office, number)
    with reading(office.engine) as session:
        assert verify(session, office.keys.chain).holds
        assert faults_of(office, session, clue_of(session, number)) == []


@pytest.mark.parametrize(
    ("number", "organ", "ground"),
    [
        ("SL20260921003", "shili-emergency", "《烟花爆竹安全管理条例》第三十六条第一款"),
        (
            "SL20260921022",
            "shili-market",
            "《中华人民共和国特种设备安全法》第八十五条第一款第（二）项",
        ),
        ("SL20260921032", "shili-ecology", "《排污许可管理条例》第三十四条第（二）项"),
    ],
)
def test_a_fine_rests_on_a_law_that_is_the_organs_to_apply_and_names_its_sum(
    number: str, organ: str, ground: str, tmp_path: Path
) -> None:
    office = rehearsal_office(tmp_path)

    play(office, number)

    decision = paper_text(office, number, "penalty_decision")
    assert f"依据{ground}的规定，本机关决定" in decision
    assert f"\n{office.rules.departments[organ].name}\n" in decision


def test_a_fine_instead_of_a_referral_is_refused_with_its_article(tmp_path: Path) -> None:
    """The refusal stands in the time line, before the referral."""
    office = rehearsal_office(tmp_path)
    chronicle = Chronicle(office)

    stage = play(office, "SL20260921008")

    [note] = stage.notes
    assert "不得以行政处罚代替移送" in note.text
    assert "《行政执法机关移送涉嫌犯罪案件的规定》第十一条" in note.text
    told = "\n".join(in_full(chronicle.since_last(stage.notes)))
    assert told.index("✕") < told.index("提出涉罪移送")


@pytest.mark.parametrize("number", ["SL20260922010", "SL20260921008"])
def test_the_packet_lies_ready_before_it_is_delivered_to_the_police(
    number: str, tmp_path: Path
) -> None:
    """It is assembled in the hour in which the principal approves: the limit counts hours."""
    office = rehearsal_office(tmp_path)

    play(office, number)

    told = [one for one in deeds(office, number) if one.startswith("referral.")]
    approved = told.index("referral.approve")
    assert told[approved : approved + 3] == [
        "referral.approve",
        "referral.assemble_packet",
        "referral.deliver",
    ]


def test_duplicates_are_merged_with_and_without_new_facts_and_one_is_taken_apart(
    tmp_path: Path,
) -> None:
    office = rehearsal_office(tmp_path)

    stage = play(
        office,
        "SL20260921001",
        "SL20260921005",
        "SL20260921010",
        "SL20260921041",
        "SL20260921050",
    )

    assert stage.stuck == []
    assert states(office, "SL20260921010")[0] == "merged"
    assert "clue.absorb" in deeds(office, "SL20260921001")
    assert "clue.absorb_new_facts" in deeds(office, "SL20260921005")
    assert "clue.unmerge" in deeds(office, "SL20260921050")
    assert states(office, "SL20260921050")[0] == "archived"


def test_who_pays_late_is_urged_and_pays_the_surcharge(tmp_path: Path) -> None:
    office = rehearsal_office(tmp_path)

    stage = play(office, "SL20260921020")

    assert stage.stuck == []
    assert deeds(office, "SL20260921020").count("case.urge_payment") == 1
    assert any("含加处罚款" in note.text for note in stage.notes)


def test_a_silent_department_hears_reminder_order_and_opinion(tmp_path: Path) -> None:
    office = rehearsal_office(tmp_path)

    stage = play(office, "SL20260922009")

    assert stage.stuck == []
    told = deeds(office, "SL20260922009")
    order = ["clue.deem_accepted", "supervision.draft", "supervision.order"]
    order += ["supervision.give_opinion", "supervision.report", "supervision.close"]
    assert [one for one in told if one in order and one != "supervision.drop"][:3] == order[:3]
    assert all(one in told for one in order)


def test_the_supervisor_judges_a_draft_by_what_is_late(tmp_path: Path) -> None:
    """A principal who let his days pass gets an order; a late reply of a case at work does not."""
    office = rehearsal_office(tmp_path)

    stage = play(
        office,
        "SL20260921021",
        "SL20260921002",
        "SL20260922006",
        until=on_day(date(2026, 11, 20), "09:00"),
    )

    assert stage.stuck == []
    told = [one for one in deeds(office, "SL20260921021") if one.startswith("supervision.")]
    assert told[:5] == [f"supervision.{one}" for one in OBEYED]
    assert "正职负责人" in paper_text(office, "SL20260921021", "supervision_order")
    at_work = deeds(office, "SL20260921002")
    assert "clue.file_case" in at_work
    assert not [one for one in at_work if one.startswith("supervision.")]
    assert "立案调查" in paper_text(office, "SL20260921002", "interim_reply")
    seized = deeds(office, "SL20260922006")
    assert seized.index("supervision.order") < seized.index("case.release_seized")
    assert seized[-1] == "supervision.close"


OBEYED = ("draft", "order", "acknowledge", "report", "close")


def test_heads_extend_at_times_of_their_own_and_only_what_is_not_ready(tmp_path: Path) -> None:
    office = rehearsal_office(tmp_path)

    play(office, "SL20260921002", "SL20260922012", "SL20260921020", "SL20260921048")

    with reading(office.engine) as session:
        asked = list(session.exec(select(Event).where(col(Event.action) == "extend_reply")))
        ready = clue_of(session, "SL20260922012").id
    assert len(asked) > 1
    assert len({one.at.time() for one in asked}) == len(asked)
    assert ready not in {one.clue_id for one in asked}


def test_the_procuratorate_hears_what_its_opinion_came_to(tmp_path: Path) -> None:
    """The answer follows the penalty, and its limit runs until then."""
    office = rehearsal_office(tmp_path)

    play(office, "SL20260921032")

    told = deeds(office, "SL20260921032")
    assert told.index("case.serve") < told.index("referral.reply_opinion")
    assert "罚款人民币叁拾陆万元整" in paper_text(office, "SL20260921032", "opinion_reply")


def test_stories_that_stay_open_can_be_carried_on_by_hand(tmp_path: Path) -> None:
    office = rehearsal_office(tmp_path)

    stage = play(office, "SL20260922006", "SL20260922010")

    assert stage.stuck == []
    assert states(office, "SL20260922006")[1]["case"] == "hearing"
    assert states(office, "SL20260922010")[1]["referral"] == "received"


def test_a_return_letter_says_when_the_department_got_the_clue(tmp_path: Path) -> None:
    """Not when the caller called."""
    office = rehearsal_office(tmp_path)

    play(office, "SL20260921025")

    said = paper_text(office, "SL20260921025", "return_letter")
    assert "2026年9月22日13时30分收到" in said


def test_every_order_has_a_story_that_is_told() -> None:
    told = {one.story.partition(":")[0] for one in read_work_orders().orders if one.story}

    assert told == set(STORIES)
    assert set(read_narratives()) <= {one.number for one in read_work_orders().orders}


def test_everybody_has_an_id_and_a_name_of_his_own() -> None:
    users = read_users()

    assert len({one.id for one in users}) == len(users)
    assert len({one.name for one in users}) == len(users)


def test_the_short_time_line_tells_alike_acts_together_and_refusals_whole(tmp_path: Path) -> None:
    office = rehearsal_office(tmp_path)
    chronicle = Chronicle(office)
    stage = play(office, "SL20260921002", "SL20260921024", "SL20260921038", "SL20260922013")

    lines = chronicle.since_last(stage.notes)
    first = [one for one in lines if one.at.astimezone(CHINA).day == lines[0].at.day]
    short = in_short(lines)

    assert len(short) < len(in_full(lines))
    assert any("4件" in line for line in in_short(first))
    assert sum("✕" in line for line in short) == len(stage.notes)


def test_a_decision_under_suit_is_enforced_only_when_the_judgment_is_in_force(
    tmp_path: Path,
) -> None:
    office = rehearsal_office(tmp_path)

    stage = play(office, "SL20260921002")

    assert stage.stuck == []
    assert any("行政诉讼" in note.text and "尚未终结" in note.text for note in stage.notes)
    told = deeds(office, "SL20260921002")
    order = ["remedy.register_suit", "case.urge_payment", "remedy.conclude_suit"]
    order += ["case.apply_for_enforcement", "case.pay", "case.enforce"]
    assert [one for one in told if one in order] == order
    assert "裁判于" in paper_text(office, "SL20260921002", "enforcement_application")


def test_a_decision_changed_under_review_is_paid_as_changed(tmp_path: Path) -> None:
    office = rehearsal_office(tmp_path)

    stage = play(office, "SL20260921033")

    assert stage.stuck == []
    told = deeds(office, "SL20260921033")
    order = ["remedy.register_review", "remedy.answer", "remedy.conclude_review"]
    order += ["case.change_by_remedy", "case.revise_publication", "case.pay"]
    assert [one for one in told if one in order] == order


def test_goods_and_income_stay_confiscated_where_a_review_lowers_only_the_fine(
    tmp_path: Path,
) -> None:
    """化妆品监督管理条例第六十一条 takes both; what is sent to the review is the case's own."""
    office = rehearsal_office(tmp_path)
    number = "SL20260921033"

    play(office, number)

    decided = paper_text(office, number, "penalty_decision")
    assert "《化妆品监督管理条例》第六十一条第一款第（一）项" in decided
    assert "没收违法所得" in decided
    assert "没收非法财物" in decided
    closed = paper_text(office, number, "closing_approval")
    assert "48,000.00" in closed
    assert "13,400.00" in closed
    assert "销售聊天记录" in paper_text(office, number, "review_answer")


def test_a_penalty_on_the_spot_is_answered_within_the_days_of_the_slip(tmp_path: Path) -> None:
    office = rehearsal_office(tmp_path)
    number = "SL20260921029"

    play(office, number)

    assert "2026年9月30日24时" in paper_text(office, number, "dispatch_slip")
    assert "2026年9月29日" in paper_text(office, number, "result_reply")
