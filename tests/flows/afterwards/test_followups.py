"""From the click to what arrives: letters, notices, packets, case files; and the outbox itself."""

import asyncio
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import timedelta

import pytest
from prefect.events import Event
from sqlmodel import col, select

from documents.output.bundle import BundleFile, bundle, file_name, write_folder
from domain.rulebook.rulebook import Rulebook
from domain.tables.process import Process
from domain.tables.record import Event as Recorded
from domain.tables.work import FollowUp
from flows import followups
from flows.afterwards.outbox import (
    LEASE,
    MOST_ATTEMPTS,
    Job,
    anything_due,
    claim,
    fail,
    finish,
    parked,
    put_back,
    queue,
    release,
    renew,
)
from flows.running.stage_tasks import Batch, Portion, carry_out
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.site.workplace import workplace
from tests.helpers.by_hand import TASKS, deeds, do, follow_ups, inbox, to, work_off
from tests.helpers.story import ACCEPTED, APPROVED, CONCLUDED, REVIEWED, Story

NOTICED = (*REVIEWED, "case.notice")


def decided(story: Story, **form: object) -> None:
    """A penalty decision, the time for statements over."""
    story.walk(*NOTICED)
    story.waits(days=14)
    story.does("case.discuss")
    story.does("case.decide", **form)


def test_every_follow_up_the_tables_name_has_its_task(rules: Rulebook):
    named = {
        (order.stage, order.task)
        for lifecycle in rules.lifecycles.values()
        for action in lifecycle.actions.values()
        for order in action.followups
    }

    assert named == {(stage, task) for stage, tasks in TASKS.items() for task in tasks}


# --- the outbox ----------------------------------------------------------------------------------


def test_a_claimed_row_goes_to_no_other_worker(any_office: Office):
    story = Story(any_office)
    story.walk("register", "dispatch")

    first = claim(any_office, story.now, "first")
    second = claim(any_office, story.now, "second")

    assert {job.task for job in first} == {"deliver_letter", "write_back"}
    assert second == ()


def test_a_worker_that_was_killed_loses_its_rows_to_the_next(any_office: Office):
    story = Story(any_office)
    story.walk("register", "dispatch")
    lost = claim(any_office, story.now, "killed")

    story.now += LEASE
    taken = claim(any_office, story.now, "next")

    assert [job.id for job in taken] == [job.id for job in lost]
    assert {job.attempts for job in taken} == {2}


def test_a_failing_row_rests_then_is_parked_and_can_be_retried(story: Story):
    story.walk("register", "dispatch")
    for attempt in range(MOST_ATTEMPTS):
        jobs = claim(story.office, story.now, "worker")
        [job] = [one for one in jobs if one.task == "write_back"]
        release(story.office, [one for one in jobs if one != job])
        assert fail(story.office, job, "平台无应答", story.now) == (attempt == MOST_ATTEMPTS - 1)
        others = claim(story.office, story.now, "other")
        assert job.id not in {one.id for one in others}
        release(story.office, others)
        story.waits(hours=3)

    [row] = parked(story.office)
    assert (row.id, row.last_error) == (job.id, "平台无应答")
    with transaction(story.office.engine) as session:
        assert put_back(session, story.now, [job.id]) == 1
    assert job.id in {one.id for one in claim(story.office, story.now, "worker")}


def test_a_row_that_kills_its_workers_is_parked_alone(any_office: Office):
    """Whatever was claimed with it is done by the workers after."""
    story = Story(any_office)
    for _ in range(3):
        story.walk("register", "dispatch")
    poison = claim(any_office, story.now, "killed")[3].id
    done: set[int] = set()

    for _ in range(20):
        story.now += LEASE
        jobs = claim(any_office, story.now, "next")
        if poison not in {one.id for one in jobs}:
            finish(any_office, jobs, story.now)
            done |= {one.id for one in jobs}

    [row] = parked(any_office)
    assert row.id == poison
    assert row.last_error == "多次处理中断，未能完成（处理程序可能被强行结束）"
    assert len(done) == 5


def test_the_lease_of_a_worker_that_lives_is_renewed(any_office: Office):
    story = Story(any_office)
    story.walk("register", "dispatch")
    jobs = claim(any_office, story.now, "slow")
    story.now += LEASE / 2

    renew(any_office, jobs, "slow", story.now)
    renew(any_office, jobs, "another", story.now + LEASE)
    story.now += LEASE * 2 / 3

    assert claim(any_office, story.now, "next") == ()


def test_letters_are_delivered_before_the_outside_is_told(
    story: Story,
):
    """The 12345 platform hangs: nobody's letter waits for it."""
    order: list[str] = []

    def noted(office: Office, job: Job, now: object) -> None:
        order.append(job.task)

    story.walk("register", "dispatch")
    story.walk("register", "dispatch")
    jobs = claim(story.office, story.now, "worker")
    tasks = dict.fromkeys(("deliver_letter", "write_back"), noted)

    with workplace(story.office):
        batch = asyncio.run(carry_out(Portion(jobs=jobs), story.now, tasks))

    assert order == ["deliver_letter"] * 2 + ["write_back"] * 2
    assert len(batch.done) == 4
    assert claim(story.office, story.now + LEASE, "next") == ()


def test_the_queue_says_what_waits(story: Story):
    story.walk("register", "dispatch")
    [job, _] = claim(story.office, story.now, "worker", 2)
    finish(story.office, [job], story.now)

    found = queue(story.office, story.now)

    assert (found.due, found.leased, found.parked) == (0, 1, 0)
    assert not anything_due(story.office, story.now)


def test_a_stage_that_breaks_leaves_its_rows_free(story: Story):
    async def broken(stage: object, jobs: object, now: object) -> Batch:
        raise ConnectionError("Prefect 连接中断")

    story.walk("register", "dispatch")

    with workplace(story.office), pytest.raises(ConnectionError):
        asyncio.run(followups.work_off(story.now, way=followups.Way(carry=broken)))

    assert {job.attempts for job in claim(story.office, story.now, "next")} == {1}


def test_work_that_nobody_knows_is_a_failure_with_a_reason(story: Story):
    told: list[str] = []

    async def tell(events: Iterable[Event]) -> None:
        told.extend(one.event for one in events)

    story.walk("register", "dispatch")
    with transaction(story.office.engine) as session:
        for row in session.exec(select(FollowUp)):
            row.stage = "unheard_of"

    with workplace(story.office):
        result = asyncio.run(followups.work_off(story.now, way=followups.Way(tell=tell)))

    assert result.failed == {"unheard_of": 2}
    assert told == ["yisong.follow-up.failed"] * 2
    assert {row.last_error for row in follow_ups(story, "write_back")} == {
        "没有「unheard_of」这一阶段"
    }


# --- transfer ------------------------------------------------------------------------------------


def test_a_dispatched_clue_brings_its_letter_to_the_lead_once(any_office: Office):
    story = Story(any_office)
    story.walk("register", "dispatch")
    [job] = [one for one in claim(any_office, story.now, "w") if one.task == "deliver_letter"]

    do(any_office, job, story.now)
    do(any_office, job, story.now)

    [letter] = inbox(story, "letter")
    [slip] = story.papers("dispatch_slip")
    assert to(letter) == ("shili-market", None)
    assert slip.number and slip.number in letter.body


def test_a_returned_clue_brings_its_letter_back_to_the_sender(story: Story):
    story.walk("register", "dispatch")
    work_off(story)
    story.does("return")

    work_off(story)

    assert to(inbox(story, "letter")[-1]) == ("shili-hotline", None)
    assert "退回函" in inbox(story, "letter")[-1].title


def test_a_letter_goes_where_it_was_addressed_however_late_it_is_delivered(story: Story):
    story.walk("register", "dispatch", "return")
    story.does("dispatch", lead="shili-health")
    story.does("dispute", by="health_head", opponent="shili-urban")
    story.does("dispute.submit", by="health_head")
    story.does("dispute.assign")

    work_off(story)

    assert to(inbox(story, "letter")[0]) == ("shili-market", None)
    [returned] = [one for one in inbox(story, "letter") if "退回函" in one.title]
    assert to(returned) == ("shili-hotline", None)


def test_what_was_sent_to_one_police_organ_reaches_no_other_later(story: Story):
    story.walk(*APPROVED, "referral.deliver")
    with transaction(story.office.engine) as session:
        referral = session.exec(select(Process).where(col(Process.kind) == "referral")).one()
        referral.counterpart_id = "shixian-police"
        session.add(referral)

    work_off(story)

    assert {to(one) for one in inbox(story, "referral.packet")} == {
        ("shili-police", "police_liaison")
    }


def test_the_designation_reaches_both_parties_once(story: Story):
    story.walk("register", "dispatch", "dispute", "dispute.submit")
    work_off(story)
    before = len(inbox(story, "letter"))
    story.does("dispute.assign")

    work_off(story)

    letters = inbox(story, "letter")[before:]
    assert sorted(to(one)[0] for one in letters) == ["shili-market", "shili-urban"]
    assert all("指定管辖通知书" in one.body for one in letters)


# --- verification --------------------------------------------------------------------------------


def test_every_department_asked_has_the_notice_with_its_own_due_day(story: Story):
    story.walk(*ACCEPTED)
    story.does("verify", cooperating=["shili-health", "shili-urban"], part_limit="2026-05-20")

    work_off(story)

    notices = inbox(story, "verification.ask_parts")
    assert [to(one) for one in notices] == [
        ("shili-health", "handler"),
        ("shili-urban", "handler"),
    ]
    assert all("2026年5月20日" in one.body for one in notices)
    assert all("联合核查通知书" in one.body for one in notices)


def test_the_last_opinion_brings_all_of_them_to_the_lead(story: Story):
    story.walk(*ACCEPTED)
    story.does("verify", cooperating=["shili-health", "shili-urban"])
    story.does("part.submit", by="health", agrees="dissents", dissent="不应认定为过期食品")
    work_off(story)
    assert story.state("verification") == "open"
    story.does("part.decline", by="urban")

    work_off(story)

    assert story.state("verification") == "drafted"
    [report] = inbox(story, "verification.joint_report")
    assert to(report) == ("shili-market", "handler")
    assert "不同意见（原文）：不应认定为过期食品" in report.body
    assert "未涉及本部门职责" in report.body
    assert story.told("verification.draft") == {("shili-market", "handler")}


# --- penalty -------------------------------------------------------------------------------------


def test_a_decision_becomes_a_task_of_service_with_its_limit(story: Story):
    decided(story)

    work_off(story)

    task = inbox(story, "penalty.serve")[-1]
    assert to(task) == ("shili-market", "handler")
    assert "行政处罚决定书" in task.body
    assert "送达回证" in task.body
    assert f"{story.running('cf61').due_at.year}年" in task.body


def test_a_decision_is_published_only_once_it_is_served(story: Story):
    decided(story, publish="publish")

    work_off(story)

    assert deeds(story, "record_publication") == []
    assert "登记公示" in story.refused("case.record_publication")
    story.does("case.serve")
    work_off(story)
    assert len(deeds(story, "record_publication")) == 1


def test_a_decision_is_published_without_personal_data(story: Story):
    decided(story, publish="publish")
    decided_on = story.now.date().isoformat()
    story.now = story.now + timedelta(days=2)
    story.does("case.serve")

    work_off(story)

    [path] = (story.office.settings.home / "publicity").glob("*.json")
    public = json.loads(path.read_text(encoding="utf-8"))
    [decision] = story.papers("penalty_decision")
    assert public["决定书文号"] == decision.number
    assert public["处罚机关"] == "示例市市场监督管理局"
    assert public["决定日期"] == decided_on
    assert story.processes("case")[-1].facts["published"]
    assert "gs9" not in story.open_rules()
    assert story.row().subject_phone not in {*public.values()} - {""}


def test_publishing_twice_records_once(story: Story):
    decided(story, publish="publish")
    story.does("case.serve")
    jobs = claim(story.office, story.now, "w")
    [job] = [one for one in jobs if one.task == "publish_decision"]

    do(story.office, job, story.now)
    do(story.office, job, story.now)

    assert len(deeds(story, "record_publication")) == 1


def test_an_unpaid_fine_is_chased_with_its_surcharge_until_it_is_paid(story: Story):
    decided(story, fine="10000")
    work_off(story)
    story.does("case.serve")
    assert "penalty.chase_payment" not in work_off(story)
    due = story.running("cx72").due_at

    story.now = due + timedelta(days=13)
    work_off(story)
    work_off(story)

    chased = inbox(story, "penalty.chase")
    assert {to(one) for one in chased} == {
        ("shili-market", "handler"),
        ("shili-market", "department_head"),
    }
    assert "加处罚款3,900.00元" in chased[0].body
    [row] = follow_ups(story, "chase_payment")
    assert row.done_at is None and row.not_before > story.now


def test_a_paid_fine_is_not_chased(story: Story):
    decided(story, fine="10000")
    story.does("case.serve")
    story.does("case.pay", paid="10000")
    story.now = story.now + timedelta(days=40)

    work_off(story)

    assert inbox(story, "penalty.chase") == []
    [row] = follow_ups(story, "chase_payment")
    assert row.done_at is not None


def test_a_correction_is_checked_when_its_time_is_over(story: Story):
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="minor")
    story.does(
        "govern",
        means="correct",
        correct_by="2026-05-20",
        facts_found="货架有临期食品未标识",
        nature_ground="《示例办法》第三条",
        order_ground="《示例办法》第九条",
    )
    work_off(story)
    assert inbox(story, "penalty.correction") == []

    story.waits_until("2026-05-20T09:30")
    work_off(story)

    [asked] = inbox(story, "penalty.correction")
    assert to(asked) == ("shili-market", "handler")
    assert "2026年5月20日" in asked.body


# --- referral ------------------------------------------------------------------------------------


def test_an_approved_referral_becomes_a_packet_on_the_shelf(story: Story):
    story.walk(*APPROVED)

    work_off(story)

    [event] = deeds(story, "assemble_packet")
    content = story.office.shelf.get(event.detail["sha256"])
    with zipfile.ZipFile(io.BytesIO(content)) as packet:
        names = packet.namelist()
        catalogue = packet.read("00 目录.txt").decode()
    assert names[-1] == "SHA256SUMS"
    assert names[0] == "README.txt"
    assert [name[3:12] for name in names[2:4]] == ["涉嫌犯罪案件移送书", "涉嫌犯罪案件情况的"]
    assert "检验报告" in catalogue
    [told] = inbox(story, "referral.assembled")
    assert "仅有名称，没有上传文件" in told.body
    assert "（仅有名称）" in catalogue


def test_a_packet_with_gaps_says_which_parts_the_law_still_wants(story: Story):
    """A referral from the time when the form let the appraisal out."""
    story.walk(*CONCLUDED, "refer", "referral.approve")
    with transaction(story.office.engine) as session:
        row = session.get_one(Process, story.processes("referral")[0].id)
        row.facts = {key: value for key, value in row.facts.items() if key != "appraisal"}
        session.add(row)

    work_off(story)

    [told] = inbox(story, "referral.assembled")
    assert "检验报告或者鉴定结论" in told.body


def test_the_packet_lies_with_the_police_and_no_receipt_raises_the_alarm(story: Story):
    story.walk(*APPROVED)
    work_off(story)
    story.does("referral.deliver")
    work_off(story)
    [packet] = inbox(story, "referral.packet")
    assert to(packet) == ("shili-police", "police_liaison")
    assert deeds(story, "assemble_packet")[0].detail["sha256"] not in packet.body

    story.now = story.running("receipt_back").due_at + timedelta(hours=12)
    work_off(story)

    alarm = inbox(story, "referral.no_receipt")
    assert {to(one) for one in alarm} == {
        ("shili-market", "handler"),
        ("shili-justice", "supervisor"),
    }
    assert "有案难移" in alarm[0].title


def test_a_receipt_in_time_raises_no_alarm(story: Story):
    story.walk(*APPROVED, "referral.deliver", "referral.receipt")
    story.waits(days=5)

    work_off(story)

    assert inbox(story, "referral.no_receipt") == []
    assert follow_ups(story, "await_receipt")[0].done_at is not None


def test_a_proposal_of_supervision_goes_to_the_procuratorate(story: Story):
    story.walk(*APPROVED, "referral.deliver", "referral.receipt", "referral.refuse")
    story.does("referral.ask_supervision")

    work_off(story)

    assert to(inbox(story, "referral.packet")[-1]) == (
        "shili-procuratorate",
        "procuratorate_liaison",
    )


# --- supervision and archive ---------------------------------------------------------------------


def test_an_order_of_supervision_reaches_the_head(story: Story):
    story.walk(*ACCEPTED)
    story.does("supervision.order", due_on="2026-05-29")

    work_off(story)

    [order] = inbox(story, "supervision.letter")
    assert to(order) == ("shili-market", "department_head")
    assert "限期办结并书面说明" in order.body
    assert "2026年5月29日" in order.body


def test_an_archived_clue_is_sealed_with_every_document_and_its_record(story: Story):
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="unfounded")
    story.walk("dismiss", "archive")

    work_off(story)

    [event] = deeds(story, "seal_case_file")
    content = story.office.shelf.get(event.detail["sha256"])
    with zipfile.ZipFile(io.BytesIO(content)) as sealed:
        sums = sealed.read("SHA256SUMS").decode()
        log = sealed.read("办理记录.jsonl").decode().splitlines()
    assert all(paper.sha256 in sums for paper in story.papers())
    assert json.loads(log[0])["action"] == "register"
    assert json.loads(log[-1])["action"] == "archive"
    assert story.chain_holds()


def test_sealing_again_makes_the_same_bytes_and_no_second_record(story: Story):
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="unfounded")
    story.walk("dismiss", "archive")
    [job] = [one for one in claim(story.office, story.now, "w") if one.stage == "archive"]

    do(story.office, job, story.now)
    do(story.office, job, story.now + timedelta(days=1))

    assert len(deeds(story, "seal_case_file")) == 1


# --- bundles -------------------------------------------------------------------------------------


def test_a_file_name_is_fit_for_every_system():
    assert file_name(3, "案件移送函 示市监〔2026〕1号") == "03 案件移送函 示市监〔2026〕1号.docx"
    assert file_name(1, "../a\\b:c\n") == "01 a b c.docx"


def test_two_files_of_one_name_are_no_bundle():
    with pytest.raises(ValueError, match="同名"):
        bundle([BundleFile("a", b"1"), BundleFile("a", b"2")])


def test_a_bundle_is_the_same_whenever_it_is_made(tmp_path):
    files = [BundleFile("01 甲.txt", "甲".encode()), BundleFile("02 乙.txt", b"")]

    write_folder(files, tmp_path)

    assert bundle(files) == bundle(files)
    assert {path.name for path in tmp_path.iterdir()} == {"01 甲.txt", "02 乙.txt", "SHA256SUMS"}


def test_nothing_waits_after_all_was_done(story: Story):
    story.walk("register", "dispatch")

    work_off(story)

    with reading(story.office.engine) as session:
        rows = list(session.exec(select(FollowUp).where(col(FollowUp.done_at).is_(None))))
        assert rows == []
        assert session.exec(select(Recorded)).first() is not None
