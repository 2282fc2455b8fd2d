"""The reading of the rehearsal's papers is not blind: each rule is broken once, and it says so."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from domain.tables.record import IssuedDocument
from flows.site.store import reading
from tests.helpers.rehearsed import clue_of, play, rehearsal_office
from tests.rehearsal.paper_faults import Papers, faults_in, read_papers

FINED = "SL20260921002"
REFERRED = "SL20260922010"
ORGAN, CF = "示例市市场监督管理局", "《中华人民共和国行政处罚法》"
Break = Callable[[Papers], Papers]


def _told(kind: str, name: str, value: object) -> Break:
    """The newest paper of a kind states something else."""

    def broken(papers: Papers) -> Papers:
        _last(papers, kind).facts = {**_last(papers, kind).facts, name: value}
        return papers

    return broken


def _says(kind: str, old: str, new: str) -> Break:
    """The newest paper of a kind has other words."""

    def broken(papers: Papers) -> Papers:
        paper = _last(papers, kind)
        whole, body = papers.texts[paper.id]
        assert old in whole
        texts = (whole.replace(old, new), body.replace(old, new))
        return replace(papers, texts={**papers.texts, paper.id: texts})

    return broken


def _counted(kind: str, pages: int) -> Break:
    def broken(papers: Papers) -> Papers:
        rows = [{**row, "页数": "1"} for row in _last(papers, "materials_list").facts["材料清单"]]
        for one in ("materials_list", "crime_transfer"):
            _last(papers, one).facts = {**_last(papers, one).facts, "材料清单": rows}
        return replace(papers, pages={_last(papers, kind).id: pages})

    return broken


def _last(papers: Papers, kind: str) -> IssuedDocument:
    return [one for one in papers.issued if one.kind == kind][-1]


FINE: dict[str, tuple[Break, str]] = {
    "goods": (
        _told("penalty_decision", "处罚依据", "《烟花爆竹安全管理条例》第三十六条第一款"),
        "规定没收物品，决定没有没收",
    ),
    "addressee": (_told("result_reply", "主送机关", [ORGAN]), "主送、抄送本机关"),
    "copy": (
        _told("verification_report", "抄送机关", [ORGAN]),
        "主送、抄送本机关",
    ),
    "basis": (
        _says(
            "penalty_decision",
            "《中华人民共和国行政处罚法》第七十二条",
            "《中华人民共和国行政处罚法》",
        ),
        "没有条款",
    ),
    "call": (_told("result_reply", "反映日期", "2026-09-01"), "反映日期"),
    "day": (_told("penalty_decision", "成文日期", "2026-01-01"), "成文日期"),
    "filed": (_told("closing_approval", "立案日期", "2026-01-01"), "立案日期"),
    "decided": (_told("closing_approval", "决定日期", "2026-01-01"), "决定日期"),
    "served": (_told("service_receipt", "送达时间", "2026-01-01T09:00:00+08:00"), "送达时间"),
    "unread": (_told("decision_approval", "审批意见", ""), "没有审批意见"),
    "unsigned": (_told("closing_approval", "签发人", ""), "没有签发人"),
    "blank": (_says("decision_approval", "签名：", "签名：　　　　"), "审批栏没有签名"),
    "empty": (_told("penalty_decision", "违法事实", "/"), "缺违法事实"),
    "stroke": (_says("penalty_notice", "\n三、拟作出", "\n/\n三、拟作出"), "只写"),
    "grammar": (_says("penalty_notice", "。", "。。"), "文字有误"),
}
CRIME: dict[str, tuple[Break, str]] = {
    "pages": (_told("materials_list", "材料清单", [{"名称": "笔录", "份数": "2"}]), "不一致"),
    "sum": (_says("crime_transfer", "共9份", "共8份"), "合计写8份"),
    "counted": (_counted("crime_investigation_report", 3), "实为3页"),
}


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Papers]]:
    """A fine and a referral as they were played, read once."""
    found = {}
    for number in (FINED, REFERRED):
        office = rehearsal_office(Path(tmp_path_factory.mktemp("office")))
        play(office, number)
        with reading(office.engine) as session:
            found[number] = read_papers(office, session, clue_of(session, number))
            session.expunge_all()
    yield found


@pytest.mark.parametrize("rule", FINE)
def test_a_broken_rule_of_a_fine_is_noticed(homes: dict[str, Papers], rule: str) -> None:
    _breaks(homes[FINED], *FINE[rule])


@pytest.mark.parametrize("rule", CRIME)
def test_a_broken_rule_of_a_referral_is_noticed(homes: dict[str, Papers], rule: str) -> None:
    _breaks(homes[REFERRED], *CRIME[rule])


def _breaks(papers: Papers, broken: Break, fault: str) -> None:
    assert faults_in(papers) == []
    kept = [dict(one.facts) for one in papers.issued]

    found = faults_in(broken(papers))

    for one, facts in zip(papers.issued, kept, strict=True):
        one.facts = facts
    assert any(fault in one for one in found), found
