"""The frame that the rosters give: common to several departments, of its day, with its gaps."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session

from flows.draws.frame_building import FrameView, Wish, frame_view
from flows.rosters.people_import import import_people
from flows.rosters.subject_import import import_subjects
from flows.rosters.subject_keeping import Shunned, avoid
from flows.site.office import Office
from tests.helpers.office import build_office
from tests.helpers.rosters import DAY, code_of, firm, keeper_at, write_csv

SHARES = {"A": Decimal(10), "D": Decimal(100), "未分级": Decimal(20)}
MATTERS = ("catering", "public_place_hygiene")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A roster of ten firms, four of them with a second tag, and officers of two departments."""
    found = build_office(tmp_path / "home")
    rows = [firm(one, 标签="餐饮服务、公共场所" if one < 4 else "餐饮服务") for one in range(10)]
    rows[0] |= {"信用风险等级": "D", "评价日期": "2026-05-01"}
    rows[1] |= {"信用风险等级": "A", "评价日期": "2026-01-01"}
    rows[9] |= {"状态": "吊销"}
    import_subjects(keeper_at(found, "supervisor"), write_csv(tmp_path / "s.csv", rows), "s.csv")
    people = [
        {"姓名": f"甲{one}", "执法证号": f"M{one}", "有效期至": "2027-01-01", "所在单位": where}
        for one, where in enumerate(["示例市市场监督管理局"] * 2 + ["示例市卫生健康委员会"] * 3)
    ]
    import_people(
        keeper_at(found, "supervisor"), write_csv(tmp_path / "p.csv", people), "p.csv", "officers"
    )
    return found


def _view(office: Office, *matters: str, days: int = 0) -> FrameView:
    with Session(office.engine) as session:
        wish = Wish("shili", matters or MATTERS, SHARES, DAY + timedelta(days=days))
        return frame_view(session, office, wish)


def test_tags_give_the_common_frame_of_several_departments(office: Office) -> None:
    """鲁政办发〔2023〕14号三（三）第12项：应用标签自动获取监管对象交集."""
    found = _view(office)

    sizes = {(one.item, one.stratum): (one.size, one.quota) for one in found.layers}
    assert sizes == {
        ("shili-market|catering", "D"): (1, 1),
        ("shili-market|catering", "未分级"): (8, 2),
        ("shili-health|public_place_hygiene", "D"): (1, 1),
        ("shili-health|public_place_hygiene", "未分级"): (3, 1),
    }
    assert found.joint == 4
    assert found.frame.faults() == []


def test_a_ceased_subject_is_left_out_with_its_reason(office: Office) -> None:
    [one] = _view(office).left_out

    assert (one.key, one.reason) == (code_of(9), "已吊销（2026-05-11）")


def test_a_frame_of_an_earlier_day_is_as_it_was_then(office: Office) -> None:
    assert _view(office, days=-1).frame.places == ()


def test_a_class_too_old_is_no_class(office: Office) -> None:
    """本级约定: forty days."""
    strata = {stratum for _, _, stratum in _view(office, days=41).frame.places}

    assert strata == {"未分级"}


def test_an_officer_who_must_avoid_leaves_his_department_one_short(office: Office) -> None:
    """行政处罚法第四十二条、第四十三条."""
    assert _view(office).short == {}

    avoid(keeper_at(office), code_of(5), Shunned("M0", "kin", DAY))

    assert _view(office).short == {"shili-market": [code_of(5)]}


def test_nobody_is_drawn_whose_certificate_is_over(office: Office) -> None:
    found = _view(office, days=300)

    assert found.frame.officers == {}
    assert set(found.short) == {"shili-market", "shili-health"}
