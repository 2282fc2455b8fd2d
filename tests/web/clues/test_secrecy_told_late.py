"""Who asks only later that his name be withheld is withheld from then on, as if from the start."""

import json

from sqlmodel import col, select

from domain.tables.matching import Fingerprint
from domain.tables.process import Clue
from domain.tables.record import Event
from flows.door.reporters import open_reporter
from flows.site.store import reading
from tests.web.conftest import Workbench

NAME, HOME, OTHER = "刘小民", "示例市海滨路9号院3单元", "13700000002"
TITLE = f"{NAME}举报过期奶粉"
CONTENT = f"我是{NAME}，住{HOME}，奶粉过期，也可打{OTHER}。"
PLAIN = {"ensure_ascii": False}
PART = {"title": f"{NAME}要求退款", "content": "要求退还货款", "category": "投诉"}


def test_a_wish_for_secrecy_told_late_hides_who_told_on_page_in_search_and_in_documents(
    workbench: Workbench,
) -> None:
    """《市场监督管理投诉举报处理办法》第三十七条: his name is withheld, whenever he asks."""
    story = workbench.story
    told = {"reporter_name": NAME, "reporter_address": HOME}
    story.does("register", title=TITLE, content=CONTENT, confidential=False, **told)
    story.does("split", parts=[PART], reason="分别处理")
    number = workbench.walk("dispatch")
    desk = workbench.at("desk")
    assert TITLE in desk.get(f"/clues/{number}").text
    assert number in desk.get("/clues", params={"q": NAME}).text
    with reading(story.office.engine) as session:
        before = {one.clue_id: one.model_dump() for one in session.exec(select(Fingerprint))}
    issued = [paper.sha256 for paper in story.papers()]
    form = desk.get(f"/clues/{number}/do/clue/ask_secrecy").text
    assert "此前已制发的文书和已记入的办理记录依法保留原样" in form

    story.does("ask_secrecy", reason="来电人再次来电要求保密")
    story.does("accept")
    story.does("correct_registration", content=f"{NAME}补充：奶粉还在卖。", correct_reason="补充")
    workbench.walk("verify", "conclude", "file_case")

    with reading(story.office.engine) as session:
        clues = session.exec(select(Clue).order_by(col(Clue.id))).all()
        after = {one.clue_id: one.model_dump() for one in session.exec(select(Fingerprint))}
        for clue in clues:
            assert clue.facts["intake"]["confidential"] is True
            written = clue.title + clue.content + json.dumps(clue.facts, ensure_ascii=False)
            assert not [one for one in (NAME, HOME, OTHER) if one in written]
        words = [
            open_reporter(one.reporter_sealed or b"", story.office.keys).words for one in clues
        ]
    assert words == [f"{TITLE}\n{CONTENT}\n{NAME}补充：奶粉还在卖。", PART["title"]]
    assert after[clues[1].id] == before[clues[1].id]
    for chair, one in (("desk", clues[0]), ("handler", clues[0]), ("desk", clues[1])):
        client = workbench.at(chair)
        page = client.get(f"/clues/{one.no}").text
        assert "刘**" in page
        assert not [word for word in (NAME, HOME, OTHER) if word in page]
        assert one.no not in client.get("/clues", params={"q": NAME}).text
        assert NAME not in client.get("/clues").text
    auditor = workbench.at("auditor")
    told_in_clear = [one for one in _events(workbench) if NAME in json.dumps(one[1], **PLAIN)]
    for seq, _ in told_in_clear:
        page = auditor.get(f"/audit/events/{seq}").text
        assert "刘**" in page and "记录保留原样" in page and "✗" not in page
        assert not [word for word in (NAME, HOME, OTHER) if word in page]
    assert len(told_in_clear) == 3
    kinds = {paper.kind for paper in story.papers() if paper.sha256 not in issued}
    texts = [story.text(kind) for kind in kinds]
    assert "刘**" in "".join(texts)
    assert not [text for text in texts if NAME in text or HOME in text or OTHER in text]
    assert set(issued) <= {paper.sha256 for paper in story.papers()}
    asked = {"reason": "电话核实举报情况"}
    assert CONTENT in workbench.at("handler").post(f"/clues/{number}/reveal", data=asked).text
    assert story.chain_holds()


def _events(workbench: Workbench) -> list[tuple[int, dict[str, object]]]:
    with reading(workbench.office.engine) as session:
        return list(session.exec(select(Event.seq, Event.detail).order_by(col(Event.seq))).all())
