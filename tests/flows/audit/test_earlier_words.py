"""What was stored of reporters before such words were withheld is masked by the program itself."""

import json
from itertools import count

import pytest
from sqlmodel import col, select

from domain.tables.process import Clue
from domain.tables.record import Event
from flows.audit import earlier_words
from flows.audit.earlier_words import withhold_earlier
from flows.audit.rounds import check_rows
from flows.door import steps
from flows.door.reporters import open_reporter
from flows.site.store import reading
from tests.helpers.story import Story

NAME, PHONE, HOME = "刘小民", "13800001234", "示例市海滨路9号院3单元"
TITLE = f"{NAME}（1３8 0000-1234）举报过期奶粉"
CONTENT = f"我是{NAME}，住{HOME}，请打{PHONE}。"
TOLD = {"reporter_name": NAME, "reporter_phone": PHONE, "reporter_address": HOME}


def test_rows_stored_earlier_are_masked_with_the_original_sealed_and_on_record(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """《市场监督管理投诉举报处理办法》第三十七条 holds for what an older program stored as well."""
    monkeypatch.setattr(earlier_words, "AT_ONCE", 1)
    with monkeypatch.context() as older:
        older.setattr(steps, "without_own_words", lambda form: (form, ""))
        story.does("register", title=TITLE, content=CONTENT, confidential=True, **TOLD)
        story.walk("dispatch")
        story.does("register", title="占道经营", content=f"请打{PHONE}", **TOLD)
    story.does("register", title="油烟扰民", content="示例路1号餐馆油烟扰民")
    with reading(story.office.engine) as session:
        assert session.exec(select(Clue.content).order_by(col(Clue.id))).first() == CONTENT
    turns = count()

    told = withhold_earlier(story.office, story.now, lambda: next(turns) < 1)
    assert told == "较早登记的举报人信息隐去到内部编号1，本次隐去1条"
    told = withhold_earlier(story.office, story.now, lambda: True)

    assert told == "较早登记的举报人信息隐去完毕，本次隐去1条"
    assert withhold_earlier(story.office, story.now, lambda: True) == ""
    with reading(story.office.engine) as session:
        first, second, third = session.exec(select(Clue).order_by(col(Clue.id))).all()
        for clue in (first, second, third):
            written = clue.title + clue.content + json.dumps(clue.facts, ensure_ascii=False)
            assert not [one for one in (NAME, PHONE, HOME, "0000-1234") if one in written]
        kept = open_reporter(first.reporter_sealed or b"", story.office.keys)
        assert (kept.name, kept.words) == (NAME, f"{TITLE}\n{CONTENT}")
        query = select(Event.clue_id, Event.actor_id).where(Event.action == "withhold_stored")
        assert session.exec(query).all() == [(first.id, "system"), (second.id, "system")]
        assert (first.state, second.state) == ("dispatched", "registered")
    people = "没有登记的记录"
    assert [one for one in check_rows(story.office) if people not in one] == []
    assert story.chain_holds()
    again = withhold_earlier(story.office, story.now, lambda: True, anew=True)
    assert again.endswith("本次隐去0条")
