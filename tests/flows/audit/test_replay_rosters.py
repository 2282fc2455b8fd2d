"""Rosters held against the record: a draw takes from them whom the record does not know."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from flows.audit.replay_rosters import replay_rosters
from flows.rosters.people_import import import_people
from flows.rosters.people_keeping import officer_leaves
from flows.rosters.subject_import import import_subjects
from flows.rosters.subject_keeping import Shunned, avoid
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.rosters import DAY, code_of, firm, keeper_at, write_csv

PEOPLE = [
    {
        "姓名": name,
        "执法证号": f"SL90000{number}",
        "有效期至": "2028-01-01",
        "所在单位": "示例市市场监督管理局",
        "执法领域": "食品",
    }
    for number, name in enumerate(("甲某", "乙某"), start=1)
]
TAMPERED = {
    "UPDATE subject SET address = 'x' WHERE id = 1": "的登记与其调整记录不符",
    "UPDATE subject_tag SET until = since": "的登记与其调整记录不符",
    "UPDATE credit_class SET grade = 'A'": "的登记与其调整记录不符",
    "DELETE FROM credit_class": "的登记与其调整记录不符",
    "UPDATE subject_change SET source = 'x' WHERE id = 1": "的调整（第",
    "DELETE FROM subject_change": "登记内容已被删除",
    "UPDATE roster_officer SET valid_until = '2040-01-01'": "执法检查人员（第1号）登记的内容",
    "UPDATE roster_officer SET left_on = NULL": "执法检查人员（第2号）登记的内容",
    "INSERT INTO roster_officer (id, name, department_id, certificate_no, fields) "
    "VALUES (9, 'x', 'shili-market', 'Z9', '[]')": "执法检查人员（第9号）与办理记录不符",
    "DELETE FROM avoidance": "回避登记（第1号）有办理记录而",
}


@pytest.fixture
def listed(any_office: Office, tmp_path: Path) -> Office:
    """An office with two subjects, one of them graded and adjusted, and two officers."""
    keeper = keeper_at(any_office)
    graded = firm(1, 信用风险等级="B", 评价日期="2026-04-01")
    by_whom = keeper_at(any_office, "supervisor")
    import_subjects(by_whom, write_csv(tmp_path / "a.csv", [graded, firm(2)]), "a.csv")
    moved = firm(2, 地址="另一路2号", 标签="食品销售")
    later = keeper_at(any_office, day=DAY + timedelta(days=1))
    import_subjects(later, write_csv(tmp_path / "b.csv", [moved]), "b.csv")
    import_people(keeper, write_csv(tmp_path / "c.csv", PEOPLE), "c.csv", "officers")
    avoid(keeper, code_of(1), Shunned("SL900001", "kin", date(2026, 5, 11)))
    officer_leaves(later, 2, "调离执法岗位")
    return any_office


def test_whatever_is_altered_beside_the_changes_of_a_roster_is_told(listed: Office) -> None:
    with reading(listed.engine) as session:
        assert list(replay_rosters(session, listed)) == []

    for statement, words in TAMPERED.items():
        with reading(listed.engine) as session:
            session.connection().execute(text(statement))
            told = list(replay_rosters(session, listed))
            session.rollback()
        assert any(words in one for one in told), statement


def test_a_class_of_an_earlier_day_that_comes_later_is_no_misfit(
    listed: Office, tmp_path: Path
) -> None:
    earlier = firm(1, 信用风险等级="C", 评价日期="2026-03-01")
    later = keeper_at(listed, "supervisor", DAY + timedelta(days=2))

    import_subjects(later, write_csv(tmp_path / "d.csv", [earlier]), "d.csv")

    with reading(listed.engine) as session:
        assert list(replay_rosters(session, listed)) == []
