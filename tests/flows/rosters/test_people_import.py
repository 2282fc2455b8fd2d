"""Files of officers and experts: without a valid certificate nobody is listed to be drawn."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from domain.tables.roster import RosterOfficer
from flows.people.user_keeping import NotKept
from flows.rosters.people_import import import_people, try_people
from flows.rosters.people_keeping import officer_leaves
from flows.rosters.roster_list import officers
from flows.site.office import Office
from tests.helpers.office import build_office
from tests.helpers.rosters import DAY, keeper_at, write_csv


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return build_office(tmp_path / "home")


def _officer(**told: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "姓名": "甲某",
        "执法证号": "SL900001",
        "有效期至": "2028-01-01",
        "所在单位": "示例市市场监督管理局",
        "执法领域": "食品、药品",
    }
    return {**usual, **told}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"执法证号": ""}, "没有执法证件的不得从事行政检查"),
        ({"有效期至": ""}, "请填写执法证件上的有效期"),
        ({"有效期至": "2026-05-10"}, "已过（2026-05-10），换证后再登记"),
        ({"所在单位": "某局"}, "“某局”不在名录的用语里"),
        ({"有效期至": "长期"}, "“长期”不是日期"),
    ],
)
def test_who_could_not_be_drawn_is_set_aside(
    office: Office, tmp_path: Path, given: dict[str, object], wrong: str
) -> None:
    """渭南方案三（六）：执法检查人员名录包括具有行政执法资格的工作人员."""
    path = write_csv(tmp_path / "a.csv", [_officer(**given)])

    [fate] = try_people(keeper_at(office), path, "officers").fates

    assert fate.kind == "aside"
    assert wrong in "；".join(fate.faults)


def test_a_renewed_certificate_adjusts_the_officer_and_is_listed_until_its_new_end(
    office: Office, tmp_path: Path
) -> None:
    import_people(keeper_at(office), write_csv(tmp_path / "a.csv", [_officer()]), "a", "officers")
    renewed = write_csv(tmp_path / "b.csv", [_officer(有效期至="2031-01-01")])

    found = import_people(keeper_at(office), renewed, "b.csv", "officers")

    assert found.counts["changed"] == 1
    with Session(office.engine) as session:
        [row] = session.exec(select(RosterOfficer)).all()
        assert row.valid_until == date(2031, 1, 1)
        [line] = officers(session, ["shili-market"], date(2030, 12, 20))
    assert (line.is_over, line.ends_soon) == (False, True)


def test_a_certificate_belongs_to_one_person(office: Office, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [_officer(), _officer(姓名="乙某")])

    found = try_people(keeper_at(office), path, "officers")

    assert [one.kind for one in found.fates] == ["added", "aside"]
    assert "在名录中是甲某的" in found.fates[1].faults[0]


def test_an_expert_listed_as_officer_is_asked_about(office: Office, tmp_path: Path) -> None:
    expert = write_csv(tmp_path / "e.csv", [{"姓名": "甲某", "工作单位": "某大学", "领域": "食品"}])
    import_people(keeper_at(office), expert, "e.csv", "experts")

    path = write_csv(tmp_path / "a.csv", [_officer()])
    [fate] = try_people(keeper_at(office), path, "officers").fates

    assert fate.questions == ("同时在专家名录中，专家不作为执法人员抽取，请核对",)


def test_each_department_lists_its_own_officers_and_supervision_those_of_its_area(
    office: Office, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", [_officer(所在单位="示例市卫生健康委员会")])

    [own] = try_people(keeper_at(office), path, "officers").fates
    [supervised] = try_people(keeper_at(office, "supervisor"), path, "officers").fates

    assert "是其他单位，由该单位或者督办员登记" in own.faults[0]
    assert supervised.kind == "added"


def test_who_left_is_listed_no_more_and_comes_back_with_a_new_file(
    office: Office, tmp_path: Path
) -> None:
    """渭南方案三（六）: 名录动态管理; the row stays, for earlier draws name it."""
    path = write_csv(tmp_path / "a.csv", [_officer()])
    import_people(keeper_at(office), path, "a.csv", "officers")

    with pytest.raises(NotKept, match="请写明移出名录的理由"):
        officer_leaves(keeper_at(office), 1, " ")
    with pytest.raises(NotKept, match="由该单位或者督办员移出"):
        officer_leaves(keeper_at(office, "health"), 1, "调离")
    officer_leaves(keeper_at(office), 1, "调离执法岗位")

    with Session(office.engine) as session:
        assert officers(session, ["shili-market"], DAY) == ()
    import_people(keeper_at(office), path, "a.csv", "officers")
    with Session(office.engine) as session:
        [line] = officers(session, ["shili-market"], DAY)
    assert line.row.certificate_no == "SL900001"
