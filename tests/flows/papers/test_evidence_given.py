"""结果互认: evidence asked of another department, given with its source, used in another case."""

import pytest
from sqlmodel import Session, col, select

from domain.lifecycle.plan import Refused
from domain.tables.process import Clue
from flows.acting.whole_steps import act
from flows.audit.replay import last_dossier, replay
from flows.door.attachments import Upload, add_attachment, catalogue_row, list_attachments
from flows.papers.recognition import recognise
from flows.site.office import Office
from tests.helpers.health_story import HealthStory
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, Story

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"


def _answers(story: Story, ids: str) -> None:
    command = story.command("request.answer", evidence_ids=ids)
    act(story.office, command, actor("health"), story.now)


def test_evidence_is_asked_given_with_its_source_and_accepted_in_the_other_case(
    office: Office,
) -> None:
    """优化营商环境条例第五十七条；渭南方案三（十四）."""
    theirs = HealthStory(office)
    theirs.walk(*ACCEPTED)
    report = Upload("r.pdf", PDF, "检验报告", "appraisal")
    lent = add_attachment(office, theirs.clue or 0, report, actor("health"), theirs.now)
    story = Story(office, theirs.now)
    story.walk(*ACCEPTED)
    with Session(office.engine) as session:
        numbers = list(session.exec(select(Clue.no).order_by(col(Clue.id))))

    missing = story.refused(
        "request.ask", to_department="shili-health", request_kind="evidence", request_due=None
    )
    assert "请填写请求答复期限" in missing
    story.does(
        "request.ask",
        to_department="shili-health",
        request_kind="evidence",
        evidence_of=numbers[0],
        request_text="请提供同批次产品的检验报告",
    )
    assert "检验报告" in story.text("assistance_letter")
    with pytest.raises(Refused, match="证据"):
        _answers(story, "")
    with pytest.raises(Refused, match="没有编号为99、由本部门取得的附件"):
        _answers(story, f"{lent.id}、99")
    _answers(story, f"{lent.id}")

    with Session(office.engine) as session:
        [evidence] = list_attachments(session, story.clue or 0)
    row = evidence.attachment
    assert (row.source_id, row.sha256, row.department_id) == (lent.id, lent.sha256, "shili-health")
    assert evidence.source == f"来源：线索{numbers[0]}第{lent.id}号附件"
    recognise(office, row.id or 0, "同一批次，检验结论可以采用", actor("handler"), story.now)
    with Session(office.engine) as session:
        [evidence] = list_attachments(session, story.clue or 0)
        told = catalogue_row(office, evidence)["备注"]
    assert told == f"来源：线索{numbers[0]}第{lent.id}号附件；证据互认：示例市市场监督管理局"
    assert theirs.events()[-1] == "clue.lend_evidence"
    assert story.chain_holds()
    with Session(office.engine) as session:
        assert list(replay(session, office, 1, last_dossier(session))) == []
