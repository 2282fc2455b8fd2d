"""Circulars of the rehearsal: one answered by all, one with a department late, one a draft."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from domain.situation.situation import Actor
from flows.door.steps import Command, Outcome, perform
from flows.rehearsal.clockwork import Story, office_hours_later, on_day, working_day_after
from flows.rehearsal.people import person
from flows.rehearsal.scene import Stage

MARKET, HEALTH, EDUCATION = "shili-market", "shili-health", "shili-education"
AGRICULTURE = "shili-agriculture"
FIRST_DAY = date(2026, 9, 24)
Form = Mapping[str, object]


def cast_circulars(stage: Stage) -> None:
    """Gives the circulars their stories, from the first days of the rehearsal on."""
    told = (
        ("坚果礼盒的情况通报", answered_by_all(stage), on_day(FIRST_DAY, "09:40")),
        ("农药残留的情况通报", one_is_late(stage), on_day(FIRST_DAY + timedelta(days=1), "10:10")),
        ("校外托管的情况通报", drafted(stage), on_day(FIRST_DAY + timedelta(days=2), "15:20")),
    )
    for name, story, at in told:
        stage.agenda.add(name, story, max(at, stage.now))


def answered_by_all(stage: Stage) -> Story:
    """Two departments sign on the same day and answer; it ends by itself and is archived."""
    circular = _draft(
        stage,
        MARKET,
        title="关于近期坚果礼盒以次充好问题的情况通报",
        content="8月以来，我局收到反映坚果礼盒以次充好的问题线索较为集中，部分礼盒流入学校周边商店。\n"
        "请各单位在日常监管中予以关注，发现问题线索及时转送。",
        addressees=[HEALTH, EDUCATION],
        days=10,
    )
    yield _later(stage, 2)
    _act(stage, circular, "circular.issue", person(MARKET, "department_head"))
    for place, department in enumerate((HEALTH, EDUCATION), start=1):
        yield _later(stage, place)
        _receipt(stage, circular, "sign_for_answer", department)
    for department in (HEALTH, EDUCATION):
        yield working_day_after(stage.now, 2, "10:30", stage.calendar)
        answer = "已组织排查，未发现同批次礼盒。"
        _receipt(stage, circular, "answer", department, {"answer": answer})
    yield working_day_after(stage.now, 1, "11:00", stage.calendar)
    _act(stage, circular, "circular.archive", person(MARKET, "legal_reviewer"))


def one_is_late(stage: Stage) -> Story:
    """One department signs, the other lets the day pass and is reminded; it stays open."""
    circular = _draft(
        stage,
        AGRICULTURE,
        title="关于批发市场蔬菜农药残留抽检结果的情况通报",
        content="8月抽检批发市场蔬菜120批次，3批次不合格，已责令暂停销售，来源为外市基地。",
        addressees=[MARKET, HEALTH],
        days=0,
    )
    yield _later(stage, 1)
    _act(stage, circular, "circular.issue", person(AGRICULTURE, "department_head"))
    yield _later(stage, 3)
    _receipt(stage, circular, "sign", MARKET)


def drafted(stage: Stage) -> Story:
    """A draft that waits for the head's signature."""
    _draft(
        stage,
        EDUCATION,
        title="关于校外托管机构食品安全检查情况的情况通报",
        content="我局会同街道检查校外托管机构26家，其中4家未公示食品经营许可信息。",
        addressees=[MARKET],
        days=20,
    )
    yield from ()


def _draft(stage: Stage, department: str, *, days: int, **form: object) -> Outcome:
    """A draft; `days` working days from now an answer is asked for, if any."""
    due = working_day_after(stage.now, days, "09:00", stage.calendar).date() if days else None
    asked: Form = {"answer_asked": True, "answer_due": due.isoformat()} if due else {}
    command = Command("draft", "circular", form={**form, **asked})
    return perform(stage.office, command, person(department, "handler"), stage.now)


def _act(
    stage: Stage, circular: Outcome, action: str, who: Actor, form: Form | None = None
) -> None:
    kind, _, name = action.partition(".")
    command = Command(name, kind, circular.clue_id, form=form or {})
    perform(stage.office, command, who, stage.now)


def _receipt(
    stage: Stage, circular: Outcome, name: str, department: str, form: Form | None = None
) -> None:
    _act(stage, circular, f"circular_receipt.{name}", person(department, "handler"), form)


def _later(stage: Stage, hours: float) -> datetime:
    return office_hours_later(stage.now, hours, stage.calendar)
