"""The main line: from a hotline call to the archive, with papers, limits and messages."""

from domain.situation.situation import CHINA
from tests.helpers.story import ACCEPTED, CONCLUDED, IN_CASE, Story


def test_registering_writes_the_source_form_and_starts_two_limits(story: Story) -> None:
    found = story.does("register")

    assert (found.state, found.clue_no) == ("registered", "XS2026000001")
    assert story.row().department_id == "shili-hotline"
    assert story.due("triage") == "2026-05-12T23:59"
    assert story.due("sd12_do") == "2026-05-18T23:59"
    assert "鑫源食品" in story.text("clue_registration")


def test_a_clue_from_an_inspection_owes_nobody_a_hotline_reply(story: Story) -> None:
    story.does("register", channel="inspection")

    assert story.open_rules() == {"triage"}


def test_the_limit_of_the_receiver_runs_from_dispatch_not_from_signing(story: Story) -> None:
    story.walk("register", "dispatch")
    dispatched_at = story.now
    story.waits(hours=20)

    story.does("accept")

    clock = story.running("cx18")
    assert clock.started_at.astimezone(CHINA) == dispatched_at
    assert story.due("cx18") == "2026-06-01T23:59"
    assert clock.owner_id == "shili-market"


def test_a_department_outside_market_regulation_has_the_local_limit(story: Story) -> None:
    story.does("register")
    story.does("dispatch", lead="shili-health")
    story.does("accept", by="health")

    assert "verify_local" in story.open_rules()
    assert "cx18" not in story.open_rules()


def test_dispatching_numbers_the_slip_and_tells_the_receiver(story: Story) -> None:
    story.walk("register", "dispatch")

    [slip] = story.papers("dispatch_slip")
    assert slip.number == "示热线转〔2026〕1号"
    text = story.text("dispatch_slip")
    assert "示例市市场监督管理局" in text
    assert "食品销售监管属市场监管部门职责" in text
    assert story.told("clue.dispatch") == {("shili-market", "handler")}
    assert story.followups() == [("transfer", "deliver_letter"), ("transfer", "write_back")]


def test_only_the_receiving_department_signs(story: Story) -> None:
    story.walk("register", "dispatch")

    reasons = story.refused("accept", by="health")

    assert "您所在部门不是" in reasons


def test_the_report_is_addressed_to_whom_the_clue_came_from(story: Story) -> None:
    story.walk(*CONCLUDED)

    text = story.text("verification_report")
    assert "示例市12345政务服务便民热线" in text or "热线" in text
    assert "生产日期被二次喷印" in text
    assert "cx18" in story.open_rules()
    assert ("shili-market", "department_head") in story.told("clue.conclude")


def test_filing_a_case_opens_the_ninety_days(story: Story) -> None:
    story.walk(*CONCLUDED, "file_case")

    assert story.state() == "in_case"
    assert story.state("case") == "filed"
    assert story.due("cx64") == "2026-08-10T23:59"
    assert "销售超过保质期食品" in story.text("filing_approval")


def test_a_case_outside_market_regulation_follows_the_general_law(story: Story) -> None:
    story.does("register")
    story.does("dispatch", lead="shili-health")
    story.does("accept", by="health")
    story.does("verify", by="health")
    story.does("conclude", by="health")
    story.does("file_case", by="health_head", case_officers=["health", "health_second"])

    assert "cf60" in story.open_rules()
    assert "cx64" not in story.open_rules()


def test_a_case_is_not_filed_where_nothing_unlawful_was_found(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="unfounded")

    assert "不符合立案条件" in story.refused("file_case")


def test_dismissing_closes_the_clue_and_answers_the_hotline(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="unfounded")

    told = {"no_filing_ground": "违法事实不成立", "result": "经核查，所反映问题不属实"}
    story.does("dismiss", **told)

    assert story.state() == "closed"
    assert story.open_rules() == set()
    assert "经核查，所反映问题不属实" in story.text("result_reply")
    assert "违法事实不成立" in story.text("refusal_to_file")
    assert story.followups()[-1] == ("transfer", "write_back")


def test_what_looks_like_a_crime_is_not_dismissed(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="criminal", summary="查实销售额132000元")
    told = story.text("verification_report")
    assert "应当保密" in told
    assert "132000" not in told

    assert "应当提出移送" in story.refused("dismiss")
    assert "应当提出移送" in story.refused("govern")


def test_an_order_to_correct_says_what_by_when_and_why(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="minor")

    reasons = story.refused("govern", means="correct")
    assert all(name in reasons for name in ("改正期限", "违法事实", "定性依据", "责令依据"))

    story.does(
        "govern",
        means="correct",
        correct_by="2026-06-01",
        facts_found="未按规定公示价格",
        nature_ground="价格法第十三条",
        order_ground="价格法第四十二条",
    )
    assert "价格法第四十二条" in story.text("correction_order")
    assert ("penalty", "check_correction") in story.followups()


def test_persuading_needs_no_order(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="minor")

    story.does("govern")

    assert story.papers("correction_order") == []
    assert story.state() == "closed"


def test_a_case_goes_from_filing_to_the_archive(story: Story) -> None:
    story.walk(*IN_CASE, "case.record_facts", "case.report", "case.send_for_review")
    story.walk("case.pass_review", "case.notice", "case.record_statement", "case.decide")
    story.walk("case.serve", "case.pay", "case.record_publication", "case.enforce", "case.close")

    story.walk("close", "archive")

    assert story.state() == "archived"
    assert story.open_rules() == set()
    titles = {paper.title for paper in story.papers()} - {"卷宗封面", "卷内目录"}
    assert all(title in story.text("case_catalogue") for title in titles)
    assert story.chain_holds()


def test_a_case_file_has_two_volumes_and_the_clues_file_lists_neither_again(story: Story) -> None:
    """程序规定第七十八条: 正卷 and 副卷, one cover and one catalogue each."""
    story.walk(*IN_CASE, "case.record_facts", "case.report", "case.send_for_review")
    story.walk("case.pass_review", "case.notice", "case.record_statement", "case.decide")
    story.walk("case.serve", "case.pay", "case.record_publication", "case.enforce", "case.close")
    story.walk("case.archive", "close", "archive")

    outer, inner, clue = (
        _listed(story, kind, place)
        for kind, place in (
            ("case_catalogue", 0),
            ("inner_case_catalogue", 0),
            ("case_catalogue", 1),
        )
    )
    assert {"立案审批表", "行政处罚决定书", "当事人的陈述申辩意见"} <= set(outer)
    assert {"案件调查终结报告", "结案审批表"} <= set(inner)
    assert not set(inner) & set(outer)
    assert outer[:3] == ["立案审批表", "行政处罚决定书", "送达回证"], "the order of the article"
    assert outer.index("行政处罚告知书") < outer.index("当事人的陈述申辩意见")
    assert inner[-1] != "案件调查终结报告" and inner.index("案件调查终结报告") < inner.index(
        "结案审批表"
    )
    assert "办理结果答复书" in clue
    assert not set(clue) & {"行政处罚决定书", "结案审批表"}
    for kind, rows in (("case_cover", outer), ("inner_case_cover", inner)):
        assert story.papers(kind)[0].facts["卷内件数"] == len(rows)


def _listed(story: Story, kind: str, place: int) -> list[str]:
    return [str(row["题名"]) for row in story.papers(kind)[place].facts["卷内文件"]]


def test_a_clue_is_not_closed_while_its_case_is_open(story: Story) -> None:
    story.walk(*IN_CASE)

    assert "行政处罚案件（调查中）" in story.refused("close")


def test_a_closed_clue_is_taken_up_again_by_the_supervisor_only(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="unfounded")
    story.does("dismiss")

    assert "只能由督办员操作" in story.refused("reopen", by="head")
    story.does("reopen")

    assert story.state() == "accepted"
    assert story.running("cx18").started_at == story.now
    assert story.row().ended_at is None


def test_sending_a_conclusion_back_starts_a_new_verification_in_the_old_days(story: Story) -> None:
    story.walk(*CONCLUDED)
    before = story.due("cx18")
    story.waits(days=3)

    story.walk("resume_verification", "verify", "conclude")

    assert story.due("cx18") == before
    assert len(story.clocks("cx18")) == 1 and not story.clocks("verify_local")

    assert [one.state for one in story.processes("verification")] == ["concluded", "concluded"]
    assert len(story.papers("verification_report")) == 2


def test_an_order_of_the_hotline_is_extended_once(story: Story) -> None:
    story.walk(*ACCEPTED)

    story.does("extend_reply")

    assert story.due("sd12_do") == "2026-06-01T23:59"
    assert "不得再次延长" in story.refused("extend_reply")
