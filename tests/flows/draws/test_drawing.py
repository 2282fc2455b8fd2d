"""A draw from preparation to release: sealed, witnessed, revealed, replayed, changed, voided."""

import json
from pathlib import Path

import pytest
from sqlmodel import Session

from domain.draws.verify_draw import differences
from domain.tables.draw import DrawFrame
from flows.draws.draw_records import as_file, may_check, open_record, replayed, whole_record
from flows.draws.drawing import opened_of
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.inspections.draws import FROZEN, DrawStory, fill_rosters
from tests.helpers.people import actor


@pytest.fixture
def story(office: Office, tmp_path: Path) -> DrawStory:
    """A roster of ten firms, and a draw that two departments will make."""
    fill_rosters(office, tmp_path)
    return DrawStory(office)


def test_a_draw_is_sealed_witnessed_revealed_in_one_step_and_replayed(story: DrawStory) -> None:
    """威海办法第十四条；鲁政办发〔2023〕14号三（三）第12项."""
    story.walk("draw.prepare")
    assert story.draw().no == "CQ2026000001"
    assert story.told("draw_part.ask") == {("shili-health", None)}
    story.walk("draw_part.agree", "draw.freeze")
    with Session(story.office.engine) as session:
        sealed = session.get_one(DrawFrame, story.clue)
        assert story.draw().facts["frame_sha"] == sealed.sha
        secret = opened_of(session, story.office, story.draw())[1].secret
        assert secret not in sealed.content
    assert story.told("draw_witness.ask") == {("shili-justice", None), ("shili-staffing", None)}
    story.does("draw_witness.give")
    assert story.draw().state == "frozen"
    assert story.papers() == []

    story.does("draw_witness.give", by="staffing", witness="韩编办", number="0931")

    draw = story.draw()
    assert draw.state == "drawn"
    assert len(draw.facts["drawn"]) in {2, 3}
    assert all("（M" in one["人员"] for one in draw.facts["drawn"])
    text = story.text("draw_record")
    told = ("示例市司法局", "4152", "韩编办", "0931", draw.facts["frame_sha"], secret)
    assert not [one for one in (*told, draw.facts["drawn"][0]["名称"]) if one not in text]
    with Session(story.office.engine) as session:
        assert replayed(session, story.office, draw) == []
        whole = json.loads(as_file(whole_record(session, story.office, draw)))
        assert differences(whole) == []
        public = as_file(open_record(session, story.office, draw)).decode()
    assert "未分级" in json.dumps(whole, ensure_ascii=False)
    assert "未分级" not in public
    assert [
        may_check(draw, actor(one)) for one in ("legal", "supervisor", "handler", "health")
    ] == [*(True, True, False, False)]
    story.does("draw.release")
    assert story.told("draw_part.receive") == {("shili-health", None)}
    assert story.chain_holds()


def test_who_prepares_does_not_seal_and_a_department_that_declines_is_not_drawn_for(
    story: DrawStory,
) -> None:
    missing = story.refused("draw.prepare", participants=None)
    assert "所选事项由示例市卫生健康委员会牵头，请列为参加部门" in missing
    own = story.refused("draw.prepare", witnesses=["shili-market", "shili-health"])
    assert "见证单位不能是参加本次抽查的示例市卫生健康委员会、示例市市场监督管理局" in own
    assert "见证单位至少2个，现有1个" in story.refused("draw.prepare", witnesses=["shili-justice"])
    shares = [{"类别": "未分级", "比例": "0.05"}, {"类别": "A", "比例": "300"}]
    bad = story.refused("draw.prepare", shares=shares)
    assert "请写明百分号" in bad
    assert "应在0%至100%之间" in bad
    none = story.refused("draw.prepare", shares=[{"类别": "A", "比例": "5%"}])
    assert "名录中有未分级类的对象，没有写明抽查比例" in none
    assert "没有丙这一类别" in story.refused("draw.prepare", shares=[{"类别": "丙", "比例": "5%"}])

    story.walk("draw.prepare")
    assert "示例市卫生健康委员会尚未同意参加" in story.refused("draw.freeze")
    story.walk("draw_part.decline")
    assert "不再列入其事项" in story.refused("draw.freeze")
    assert ("shili-justice", "supervisor") in story.told("draw_part.decline")
    story.does("draw.drop")

    story.does("draw.prepare", by="legal", matters=["catering"], participants=None)
    assert story.draw().state == "prepared"
    story.does("draw.freeze", by="principal")
    assert story.draw().facts["objects"] == 10


def test_numbers_come_from_different_people_who_neither_prepared_nor_sealed(
    story: DrawStory,
) -> None:
    story.walk(*FROZEN)

    assert "应为至少4位阿拉伯数字" in story.refused("draw_witness.give", number="7")
    story.does("draw_witness.give")
    same = story.refused("draw_witness.give", by="staffing")
    assert "沈司法已经录入过见证数" in same
    other = story.refused("draw_witness.give", by="health", witness="郑卫健")
    assert "只能由事项所在部门操作" in other


def test_an_object_is_replaced_on_the_listed_grounds_by_the_next_ticket(story: DrawStory) -> None:
    """本级约定: 无法联系、停业 are outcomes of a visit, and no ground to draw another."""
    story.drawn()
    rows = story.draw().facts["drawn"]
    first = rows[0]["对象"]

    assert "应为已注销、已吊销、已迁出、不在本地区之一" in story.refused(
        "draw.replace_object", object=first, ground="无法联系"
    )
    assert "抽中的对象中没有91X" in story.refused("draw.replace_object", object="91X")
    story.does("draw.replace_object", object=first)

    draw = story.draw()
    now = draw.facts["drawn"]
    assert now[0]["情况"] == "已替换（已注销）"
    assert [one["对象"] for one in now[: len(rows)]] == [one["对象"] for one in rows]
    assert draw.facts["changes"] == [{"object": first, "certificate": "", "ground": "cancelled"}]
    assert ("shili-justice", "supervisor") in story.told("draw.replace_object")
    assert "已经替换" in story.refused("draw.replace_object", object=first)

    kept = next(one for one in now if not one["情况"].startswith("已替换"))
    certificate = kept["人员"].partition("（")[2].partition("）")[0]
    assert "没有证号为M9" in story.refused(
        "draw.replace_officer", object=kept["对象"], certificate="M9"
    )
    story.does("draw.replace_officer", object=kept["对象"], certificate=certificate)
    [after] = [one for one in story.draw().facts["drawn"] if one["对象"] == kept["对象"]]
    assert f"（{certificate}）" not in after["人员"]
    assert after["人员"].count("（") == kept["人员"].count("（")
    with reading(story.office.engine) as session:
        assert replayed(session, story.office, story.draw()) == []
        record = whole_record(session, story.office, story.draw())
    assert len(record["changes"]) == 2
    assert first not in record["standing"]["items"]
    another = after["人员"].partition("（")[2].partition("）")[0]
    assert "没有其他可以派往" in story.refused(
        "draw.replace_officer", object=kept["对象"], certificate=another
    )


def test_a_voided_draw_stays_on_record_and_the_next_one_says_so(story: DrawStory) -> None:
    story.drawn()
    assert "只能由督办员操作" in story.refused("draw.void", by="head")

    story.does("draw.void")

    assert story.draw().state == "voided"
    story.drawn()
    assert story.draw().facts["times"] == 2
    assert "CQ2026000001：名单遗漏一个街道的对象" in story.text("draw_record")


def test_a_department_without_two_officers_cannot_seal(office: Office, tmp_path: Path) -> None:
    """行政处罚法第四十二条: the objects and the department are named."""
    fill_rosters(office, tmp_path)
    story = DrawStory(office)
    story.walk("draw.prepare", "draw_part.agree")
    story.waits_until("2027-03-01T09:00")

    text = story.refused("draw.freeze")

    assert "示例市市场监督管理局能派往10个对象的执法人员不足两名" in text
    assert "示例市卫生健康委员会能派往4个对象的执法人员不足两名" in text
    assert story.draw().state == "prepared"
