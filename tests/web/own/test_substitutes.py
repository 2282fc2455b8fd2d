"""A handler who is away names a colleague: his matters go on, and the record says who acted."""

from datetime import timedelta

from sqlmodel import col, select

from domain.situation.situation import CHINA
from domain.tables.people import User
from domain.tables.record import Event, IssuedDocument
from domain.tables.work import InboxMessage
from flows.afterwards.mail import _addresses  # the addresses are the promise
from flows.door.steps import perform
from flows.people.actors import actor_of
from flows.site.store import reading, transaction
from tests.helpers.story import ACCEPTED
from tests.web.conftest import Workbench


def name(workbench: Workbench, who: str = "handler", **changed: str) -> str:
    today = workbench.clock().astimezone(CHINA).date()
    given = {
        "substitute": "colleague",
        "first": today.isoformat(),
        "last": (today + timedelta(days=4)).isoformat(),
        "reason": "年休假五天",
    }
    answer = workbench.at(who).post("/substitutes", data=given | changed)
    return answer.text if answer.status_code != 303 else ""


def test_a_substitute_acts_for_whom_is_away_and_the_record_says_so(workbench: Workbench) -> None:
    number = workbench.walk(*ACCEPTED)
    other, form = workbench.at("colleague"), f"/clues/{number}/do/clue/verify"
    assert number not in other.get("/").text.partition("待办")[2]

    assert name(workbench) == ""

    home = other.get("/").text
    assert number in home and "代张经办办理" in home
    assert "代张经办办理" not in workbench.at("handler").get("/").text
    assert "代办：张经办" in other.get("/messages").text
    assert "您代张经办办理这一步" in other.get(form).text
    assert "今天由李协办代办" in other.get(f"/clues/{number}").text
    assert "今天由李协办代办" in workbench.at("section").get("/workload").text
    assert "年休假五天" in workbench.at("supervisor").get("/substitutes").text
    assert "年休假五天" not in workbench.at("health").get("/substitutes").text

    story = workbench.story
    for action in ("verify", "conclude"):
        story.waits(hours=1)
        with reading(workbench.office.engine) as session:
            acting = actor_of(session, "colleague", story.now)
        perform(workbench.office, story.command(action), acting, story.now)
    workbench.walk()
    with reading(workbench.office.engine) as session:
        last = session.exec(select(Event).order_by(col(Event.seq).desc())).first()
        paper = session.exec(select(IssuedDocument).order_by(col(IssuedDocument.id).desc())).first()
    assert last and paper and (last.actor_id, last.detail["for"]) == ("colleague", "handler")
    other = workbench.at("colleague")
    assert "李协办（代张经办办理）" in other.get(f"/clues/{number}").text
    assert "（代张经办办理）" in other.get(f"/documents/{paper.id}/view").text
    story.walk("file_case")
    with reading(workbench.office.engine) as session:
        head = session.exec(select(Event).order_by(col(Event.seq).desc())).first()
    assert head and "for" not in head.detail


def test_who_must_avoid_a_clue_is_not_stood_in_for(workbench: Workbench) -> None:
    number = workbench.walk(*ACCEPTED)
    name(workbench)
    workbench.story.does("recusal.apply", avoids="handler")
    workbench.story.does("recusal.grant")
    workbench.walk()

    told = workbench.at("colleague").get(f"/clues/{number}/do/clue/verify").text

    assert "张经办已决定回避，代办人同样不得代其办理" in told


def test_mail_to_who_is_away_also_reaches_the_substitute(workbench: Workbench) -> None:
    workbench.walk(*ACCEPTED)
    name(workbench)
    with transaction(workbench.office.engine) as session:
        for user in ("handler", "colleague"):
            row = session.get_one(User, user)
            row.email = f"{user}@example.invalid"
            session.add(row)
    message = InboxMessage(
        key="x",
        department_id="shili-market",
        user_id="handler",
        clue_id=workbench.story.clue,
        kind="x",
        title="x",
        body="x",
        created_at=workbench.clock(),
    )

    with reading(workbench.office.engine) as session:
        found = _addresses(session, workbench.office, message, workbench.clock())

    assert set(found) == {"handler", "colleague"}


def test_a_note_that_calls_who_is_away_is_told_in_his_stead_but_not_to_its_writer(
    workbench: Workbench,
) -> None:
    story = workbench.story
    story.walk(*ACCEPTED)
    story.does("verify", cooperating=["shili-health"], scope="核查进货渠道")
    path = f"/clues/{workbench.walk()}/notes"
    name(workbench)
    lent = '<span class="tag">代张经办</span>'

    workbench.at("colleague").post(path, data={"text": "@张经办 送货单放在您桌上"})
    assert "留言中提到" not in workbench.at("colleague").get("/messages").text
    assert _noted_to(workbench) == {"handler"}

    workbench.at("health").post(path, data={"text": "@张经办 检测箱已备好"})
    told = workbench.at("colleague").get("/messages").text
    assert "郑卫健在线索" in told and "留言中提到张经办" in told and lent in told
    own = workbench.at("handler").get("/messages").text
    assert own.count("留言中提到张经办") == 2 and lent not in own
    assert _noted_to(workbench) == {"handler", "colleague"}


def _noted_to(workbench: Workbench) -> set[str]:
    """To whom the newest message about a note is mailed."""
    office = workbench.office
    with transaction(office.engine) as session:
        for user in ("handler", "colleague"):
            session.get_one(User, user).email = f"{user}@example.invalid"
        noted = select(InboxMessage).where(InboxMessage.kind == "note")
        last = session.exec(noted.order_by(col(InboxMessage.id).desc())).first()
        assert last
        return set(_addresses(session, office, last, workbench.clock()))


def test_a_substitute_is_named_within_what_both_may_and_for_days(workbench: Workbench) -> None:
    assert "没有相同的岗位" in name(workbench, substitute="legal")
    assert "本部门的人员" in name(workbench, substitute="health")
    assert "不能是本人" in name(workbench, substitute="handler")
    assert "不溯及既往" in name(workbench, first="2026-01-01")
    assert "不能早于起始日期" in name(workbench, last="2026-01-01")
    assert "请填写理由" in name(workbench, reason=" ")
    assert "只能为自己指定" in name(workbench, absent="colleague", substitute="handler")
    assert "由管理员凭委托文件登记" in name(workbench, "head", absent="head")
    assert name(workbench, "section", absent="handler") == ""
    assert "已经指定了代办人" in name(workbench)
    assert "本人由他人代办" in name(workbench, "colleague", substitute="handler")


def test_where_nobody_can_stand_in_the_page_says_why_and_offers_no_form(
    workbench: Workbench,
) -> None:
    for who, told in (
        ("legal", "没有与您岗位相同的人员"),
        ("supervisor", "没有与您岗位相同的人员"),
    ):
        text = workbench.at(who).get("/substitutes").text
        assert told in text and "指定代办人</button>" not in text, who
    offered = workbench.at("section").get("/substitutes").text
    assert "张经办（" in offered and '<option value="legal"' not in offered


def test_a_substitution_ends_by_its_day_or_when_it_is_taken_back(workbench: Workbench) -> None:
    name(workbench)

    def stands_in(days: int = 0) -> bool:
        with reading(workbench.office.engine) as session:
            moment = workbench.clock() + timedelta(days=days)
            return bool(actor_of(session, "colleague", moment).acts_for)

    assert stands_in() and stands_in(4) and not stands_in(5)
    assert workbench.at("legal").post("/substitutes/1/end").status_code == 404
    assert workbench.at("handler").post("/substitutes/1/end").status_code == 303
    assert not stands_in()
    assert "代办结束：张经办" in workbench.at("colleague").get("/messages").text
    assert workbench.at("handler").post("/substitutes/1/end").status_code == 404
