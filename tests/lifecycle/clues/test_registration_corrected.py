"""What was registered wrongly, or was not known, is corrected with a reason and its history."""

import json

import pytest
from sqlmodel import Session, col, select

from domain.tables.matching import Fingerprint, Suspicion
from domain.tables.process import Clue
from domain.tables.record import Event
from flows.door.reporters import open_reporter
from flows.lists.clue_sheet import find_clue
from tests.helpers.story import Story

PARTY = "示例市南关熟食店"


def test_the_desk_and_afterwards_the_holder_correct_what_was_registered(story: Story) -> None:
    story.does("register", subject_name="", title="举报熟食店", confidential=True)
    assert "没有更正的不填" in story.refused(
        "correct_at_desk", place=None, correct_reason="核对录音"
    )
    phone = {"reporter_phone": "13900000009", "content": "请回电13900000009，肉有异味。"}
    story.does("correct_at_desk", correct_reason="核对录音", place="南关街8号", **phone)
    story.walk("dispatch", "accept")
    story.does(
        "correct_registration", subject_name=PARTY, place=None, correct_reason="现场核对执照"
    )

    with Session(story.office.engine) as session:
        clue = session.get_one(Clue, story.clue)
        assert (clue.subject_name, clue.place) == (PARTY, "南关街8号")
        assert "13900000009" not in clue.content + json.dumps(clue.facts)
        assert open_reporter(clue.reporter_sealed or b"", story.office.keys).phone == "13900000009"
        first, second = clue.facts["corrections"]
        assert (second["before"], second["reason"]) == ({"subject_name": ""}, "现场核对执照")
        assert first["before"].keys() == {"content", "place"}
        assert session.get_one(Fingerprint, story.clue).subject_key
        told = session.exec(
            select(Event.detail).where(col(Event.action) == "correct_at_desk")
        ).one()
        assert "13900000009" not in json.dumps(told)


def test_an_outside_number_never_stands_before_an_own_one(story: Story) -> None:
    """dimagi/commcare-hq PR #4271: a neighbour's order may bear the number of a clue of ours."""
    story.does("register", outside_no="A-2")
    first = story.row()
    story.does("register", outside_no=first.no)
    story.does("register", outside_no="A-2", channel="messages")

    with Session(story.office.engine) as session:
        assert find_clue(session, first.no).id == first.id
        with pytest.raises(LookupError, match=f"2条线索的外部编号都是「A-2」.*{first.no}"):
            find_clue(session, "A-2")


def test_the_source_form_tells_when_the_clue_was_received(story: Story) -> None:
    story.does("register", received_at="2026-05-08T09:00+08:00")

    assert "2026年5月8日9时" in story.text("clue_registration")


def test_once_there_is_a_case_its_party_is_corrected_there(story: Story) -> None:
    story.walk("register", "dispatch", "accept", "verify", "conclude", "file_case")

    refused = story.refused("correct_registration", subject_name="乙店", correct_reason="有误")

    assert "在案件中由承办人「登记、更正当事人」" in refused
    story.does("correct_registration", place="乙路9号", correct_reason="门牌有误")


def test_a_party_found_later_brings_its_duplicates_to_light(story: Story) -> None:
    story.does(
        "register", subject_name=PARTY, title="熟食店加工脏乱", content="后厨有老鼠，地面污水横流。"
    )
    first = story.clue
    story.does(
        "register",
        subject_name="",
        title="熟食不新鲜",
        content="买到的猪头肉发酸，孩子吃了拉肚子。",
    )

    story.does("correct_at_desk", subject_name=PARTY, correct_reason="来电人补充店名")

    with Session(story.office.engine) as session:
        [found] = session.exec(select(Suspicion).where(col(Suspicion.clue_id) == story.clue))
        assert found.other_id == first
        assert "同一当事人名称" in found.reason


def test_secrecy_goes_with_what_is_split_off_and_may_be_asked_for_later(story: Story) -> None:
    story.does("register", confidential=False)
    story.does("ask_secrecy", reason="来电人再次来电要求保密")
    assert "不必重复登记" in story.refused("ask_secrecy", reason="再次来电")
    story.does(
        "split",
        parts=[{"title": "无证经营", "content": "没有许可证", "category": "举报"}],
        reason="分别处理",
    )

    with Session(story.office.engine) as session:
        clues = session.exec(select(Clue).order_by(col(Clue.id))).all()
        assert [one.facts["intake"]["confidential"] for one in clues] == [True, True]
