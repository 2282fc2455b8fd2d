"""Credit-risk classes by file: every row's fate, the strata and times a year that follow."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from sqlmodel import select

from domain.tables.record import Event
from domain.tables.roster import CreditClass
from domain.tables.visit import EntryCount
from flows.draws.frame_building import Wish, frame_view
from flows.rosters.class_import import import_classes, try_classes
from flows.rosters.class_list import classes_of, quarter_of, take_away
from flows.rosters.subject_import import import_subjects
from flows.site.event_chain import verify
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.inspections.visits import VisitStory
from tests.helpers.office import snapshot
from tests.helpers.rosters import DAY, code_of, firm, keeper_at, write_csv


def _row(number: int, grade: str, day: str = "2026-05-01", **told: str) -> dict[str, object]:
    return {"统一社会信用代码": code_of(number), "等级": grade, "评价日期": day, **told}


def test_classes_come_in_by_file_and_decide_stratum_and_times_a_year_and_nothing_else(
    office: Office, tmp_path: Path
) -> None:
    """威海办法第十四条；鲁政办发〔2023〕14号三（三）第14项."""
    firms = [firm(one) for one in range(4)]
    import_subjects(keeper_at(office), write_csv(tmp_path / "s.csv", firms), "s.csv")
    supervisor = keeper_at(office, "supervisor")
    rows = [
        _row(0, "A", 评价体系=""), _row(1, "D", 评价体系="山东省企业信用风险分类"),
        _row(2, "F", 评价体系=""), _row(3, "B", "", 评价体系=""), _row(9, "B", 评价体系=""),
        _row(3, "B", "2026-06-01", 评价体系="国家企业信用风险分类"),
    ]  # fmt: skip
    path = write_csv(tmp_path / "c.csv", rows)
    before = snapshot(office)
    found = try_classes(supervisor, path)
    assert snapshot(office) == before
    told = ["；".join(one.faults) for one in found.fates]
    assert [one.kind for one in found.fates] == ["changed", "changed", *["aside"] * 4]
    assert "“F”不是山东省企业信用风险分类的等级，应为A、B、C、D、E之一" in told[2]
    assert "“评价日期”没有填写" in told[3]
    assert "本地区的监管名录中没有这个对象" in told[4]
    assert "晚于今天" in told[5]
    assert "不同评价的等级不能换用" in told[5]

    with reading(office.engine) as session:
        assert quarter_of(session, supervisor).is_missing
    import_classes(supervisor, path, "c.csv")
    older = write_csv(tmp_path / "o.csv", [_row(0, "E", "2026-04-01")])
    assert "等级不能退回旧的评价" in try_classes(supervisor, older).fates[0].faults[0]
    with reading(office.engine) as session:
        assert not quarter_of(session, supervisor).is_missing
        assert [one.grade for one in classes_of(session, supervisor)] == ["A", "D"]
        acts = set(session.exec(select(Event.action)))
    assert "import_classes" in acts
    assert len(take_away(supervisor)) == 2

    shares = {one: Decimal(50) for one in ("A", "D", "未分级")}
    wish = Wish("shili", ("catering",), shares, DAY)
    with reading(office.engine) as session:
        strata = {one.stratum: one.size for one in frame_view(session, office, wish).layers}
    assert strata == {"A": 1, "D": 1, "未分级": 2}
    _entered(office, code_of(0))
    limited = _limited(office, {"A": 1})
    with reading(office.engine) as session:
        view = frame_view(session, limited, wish)
        [left] = view.left_out
        assert (left.key, left.reason) == (code_of(0), "本年已检查1次，达到本单位规定的频次")
        assert {one.stratum: one.size for one in view.layers} == {"D": 1, "未分级": 2}
    # A class of another scheme, or one too old, decides nothing.
    with transaction(office.engine) as session:
        for one in session.exec(select(CreditClass)):
            one.scheme = "national"
            session.add(one)
    with reading(office.engine) as session:
        strata = {one.stratum: one.size for one in frame_view(session, office, wish).layers}
    assert strata == {"未分级": 4}
    late = replace(wish, day=DAY + timedelta(days=60))
    with reading(office.engine) as session:
        assert {one.stratum for one in frame_view(session, office, late).layers} == {"未分级"}
        assert verify(session, office.keys.chain).holds


def _entered(office: Office, key: str) -> None:
    story = VisitStory(office)
    story.begins()
    with transaction(office.engine) as session:
        session.add(
            EntryCount(
                subject_key=key,
                department_id="shili-health",
                day=date(2026, 3, 2),
                visit_id=story.clue or 0,
                visit_no="JC2026000001",
                kind="daily",
                counts=True,
            )
        )


def _limited(office: Office, yearly: dict[str, int]) -> Office:
    rosters = office.rules.rosters
    scheme = rosters.schemes["shandong"].model_copy(update={"yearly": yearly})
    schemes = {**rosters.schemes, "shandong": scheme}
    rules = replace(office.rules, rosters=rosters.model_copy(update={"schemes": schemes}))
    return replace(office, rules=rules)
