"""Notes on a clue: kept for one's own organ and whom one calls, sealed, and beside the record."""

from sqlmodel import select

from domain.tables.clue_note import ClueNote
from flows.site.store import reading
from tests.web.conftest import Workbench

WORDS = "老板娘说仓库在城西"


def test_a_note_is_read_by_ones_own_organ_and_whom_one_calls(workbench: Workbench) -> None:
    story = workbench.story
    story.walk("register", "dispatch", "accept")
    story.does("verify", cooperating=["shili-health", "shili-police"], scope="核查进货渠道")
    number = workbench.walk()
    path = f"/clues/{number}/notes"

    for text in (WORDS, "@郑卫健 请带上检测箱"):
        assert workbench.at("handler").post(path, data={"text": text}).status_code == 303

    assert WORDS in workbench.at("colleague").get(path).text
    health = workbench.at("health").get(path).text
    assert "请带上检测箱" in health and WORDS not in health
    assert "留言中提到郑卫健" in workbench.at("health").get("/messages").text
    assert "检测箱" not in workbench.at("health").get("/messages").text
    assert "留言中提到郑卫健" not in workbench.at("health_second").get("/messages").text
    assert WORDS not in workbench.at("desk").get(path).text
    assert workbench.at("urban").get(path).status_code == 404
    assert "留言（2）" in workbench.at("handler").get(f"/clues/{number}").text
    with reading(workbench.office.engine) as session:
        assert WORDS.encode() not in b"".join(one.sealed for one in session.exec(select(ClueNote)))


def test_a_name_of_nobody_who_sees_the_clue_is_refused_and_the_words_stay(
    workbench: Workbench,
) -> None:
    number = workbench.walk("register", "dispatch", "accept")
    path = f"/clues/{number}/notes"

    answer = workbench.at("handler").post(path, data={"text": f"@郑卫健 {WORDS}"})

    assert answer.status_code == 422
    assert "没有能看到本线索的「郑卫健」" in answer.text and WORDS in answer.text
    assert "还没有留言" in workbench.at("handler").get(path).text


def test_who_is_called_says_that_he_has_taken_it_up_and_the_writer_is_told(
    workbench: Workbench,
) -> None:
    story = workbench.story
    story.walk("register", "dispatch", "accept")
    story.does("verify", cooperating=["shili-health"], scope="核查进货渠道")
    number = workbench.walk()
    path = f"/clues/{number}/notes"
    workbench.at("handler").post(path, data={"text": "@郑卫健 请带上检测箱"})
    health = workbench.at("health")
    assert "已采纳</button>" in health.get(path).text
    for chair in ("handler", "health_second"):
        assert "已采纳</button>" not in workbench.at(chair).get(path).text, chair
        assert workbench.at(chair).post(f"{path}/1/taken").status_code == 404, chair

    for _ in range(2):
        assert health.post(f"{path}/1/taken").status_code == 303

    assert "已采纳</button>" not in health.get(path).text
    assert workbench.at("handler").get(path).text.count("✓ 郑卫健") == 1
    assert "郑卫健已采纳张经办在线索" in workbench.at("handler").get("/messages").text
