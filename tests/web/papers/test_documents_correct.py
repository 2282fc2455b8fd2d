"""Stale documents found, told then and now, and corrected: by whom, with what reason."""

from sqlmodel import col, update

from domain.tables.process import Clue
from flows.site.store import transaction
from tests.web.conftest import Workbench
from tests.web.request.test_sheets import rows_at


def rename(workbench: Workbench, name: str) -> None:
    """The party turns out to be called otherwise."""
    with transaction(workbench.office.engine) as session:
        where = update(Clue).where(col(Clue.id) == workbench.story.clue)
        session.connection().execute(where.values(subject_name=name))


def test_a_changed_fact_is_told_then_and_now_with_the_step_to_take(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")
    [slip] = workbench.story.papers("dispatch_slip")
    legal = workbench.at("legal")
    before = legal.get("/documents/stale").text
    rename(workbench, "示例市新名食品有限公司")

    after = legal.get("/documents/stale").text
    own = legal.get(f"/documents/{slip.id}/correct").text

    assert "核对了1条线索，文书所载事实都与现在一致" in before
    for text in (after, own):
        assert "示例市新名食品有限公司" in text
        assert str(slip.facts["当事人"]) in text
    assert number in after
    found = legal.get(f"/documents/stale?clue={number}&kind=dispatch_slip&since=2026-05-11").text
    assert "示例市新名食品有限公司" in found
    for query in ("clue=XS2026999999", "kind=penalty_decision", "until=2026-05-10"):
        assert "示例市新名食品有限公司" not in legal.get(f"/documents/stale?{query}").text
    assert "只能由制发机关的法制人员" in after
    told = rows_at(workbench, "legal", f"/documents/stale.xlsx?clue={number}")
    assert {row["线索编号"] for row in told} == {number}
    assert "示例市新名食品有限公司" in {row["现在"] for row in told}


def test_the_state_filter_of_the_register_leads_there(workbench: Workbench) -> None:
    answer = workbench.at("legal").get("/documents?state=stale&kind=dispatch_slip")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/documents/stale?kind=dispatch_slip"


def test_another_department_finds_nothing_stale(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch")
    rename(workbench, "示例市新名食品有限公司")

    assert "示例市新名食品有限公司" not in workbench.at("health_legal").get("/documents/stale").text
    assert workbench.at("police").get("/documents/stale").status_code == 403


def test_void_and_reissued_with_a_reason(workbench: Workbench) -> None:
    workbench.walk(
        "register", "dispatch", "accept", "verify", "conclude", "refer", "referral.approve"
    )
    [paper] = workbench.story.papers("goods_list")
    legal = workbench.at("legal")

    unsaid = legal.post(f"/documents/{paper.id}/reissue", data={"reason": " "})
    done = legal.post(f"/documents/{paper.id}/reissue", data={"reason": "当事人名称有误"})

    assert unsaid.status_code == 422
    assert "请写明作废理由" in unsaid.text
    assert done.status_code == 303
    fresh = legal.get(done.headers["location"]).text
    old = legal.get(f"/documents/{paper.id}/view").text
    assert f"第{paper.id}号文书" in fresh
    assert "当事人名称有误" in old
    assert "已重新制发" in old
    assert "已重新制发" in legal.get("/documents?state=reissued").text
    again = legal.get(f"/documents/{paper.id}/correct").text
    assert "该文书已经重新制发" in again


def test_only_void(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch", "accept", "verify", "conclude", "file_case")
    [paper] = workbench.story.papers("filing_approval")
    legal = workbench.at("legal")

    assert legal.post(f"/documents/{paper.id}/void", data={"reason": "重复"}).status_code == 303

    assert "已作废" in legal.get(f"/documents/{paper.id}/view").text
    assert f"/documents/{paper.id}/view" in legal.get("/documents?state=void").text


def test_a_refusal_keeps_the_reason_and_gives_all_reasons(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch", "accept", "verify", "conclude")
    paper = next(one for one in workbench.story.papers() if one.organ == "shili-market")
    handler = workbench.at("handler")

    page = handler.get(f"/documents/{paper.id}/correct").text
    answer = handler.post(f"/documents/{paper.id}/void", data={"reason": "我想改一改"})

    assert "<textarea" not in page
    assert "只能由制发机关的法制人员" in page
    assert answer.status_code == 422
    assert "只能由制发机关的法制人员" in answer.text
    assert workbench.story.papers()[0].voided_at is None
