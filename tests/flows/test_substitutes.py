"""Who is entrusted to head an organ acts in that chair on the days of his authority, and no other.

310号令第五条第二款: 正职负责人或者主持工作的负责人.
"""

from datetime import datetime

import pytest

from domain.lifecycle.plan import Refused
from domain.situation.situation import CHINA
from domain.tables.people import User
from flows.door.steps import perform
from flows.people.actors import actor_of
from flows.people.user_form import Particulars, complaints_about
from flows.people.user_keeping import Keeper, change_user
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.people import actor
from tests.helpers.story import CONCLUDED, Story

AUTHORITY = {
    "stand_role": "principal",
    "stand_from": "2026-05-10",
    "stand_until": "2026-05-20",
    "stand_ground": "示市监党组〔2026〕9号",
}


def particulars(office: Office, user: str, **changed: str) -> Particulars:
    with reading(office.engine) as session:
        row = session.get_one(User, user)
        kept = Particulars.of(row)
    return Particulars(**{**kept.__dict__, **changed})


def entrust(story: Story, user: str = "head") -> None:
    keeper = Keeper(story.office, actor("administrator"), story.now)
    change_user(keeper, user, particulars(story.office, user, **AUTHORITY))


def approves(story: Story, moment: datetime) -> None:
    with reading(story.office.engine) as session:
        head = actor_of(session, "head", moment)
    perform(story.office, story.command("referral.approve"), head, moment)


def test_an_entrusted_head_approves_a_referral_and_the_papers_say_so(story: Story) -> None:
    story.walk(*CONCLUDED, "refer")
    entrust(story)

    approves(story, story.now)

    assert story.state("referral") == "approved"
    assert "王科长（受委托主持工作的负责人）" in story.text("transfer_approval")


@pytest.mark.parametrize("day", ["2026-05-09T23:59", "2026-05-21T00:00"])
def test_before_and_after_his_days_he_does_not(story: Story, day: str) -> None:
    story.walk(*CONCLUDED, "refer")
    entrust(story)
    moment = datetime.fromisoformat(day).replace(tzinfo=CHINA)

    with pytest.raises(Refused) as refused:
        approves(story, moment)

    assert "只能由主要负责人操作" in str(refused.value)


def test_on_his_first_and_last_day_he_does(story: Story) -> None:
    entrust(story)

    for day in ("2026-05-10T00:00", "2026-05-20T23:59"):
        moment = datetime.fromisoformat(day).replace(tzinfo=CHINA)
        with reading(story.office.engine) as session:
            assert "principal" in actor_of(session, "head", moment).roles


def test_his_own_papers_do_not_speak_of_an_authority(story: Story) -> None:
    story.walk(*CONCLUDED)
    entrust(story)
    with reading(story.office.engine) as session:
        head = actor_of(session, "head", story.now)

    perform(story.office, story.command("file_case"), head, story.now)

    assert "受委托" not in story.text("filing_approval")


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"stand_role": "handler"}, "stand_role", "受委托主持工作的岗位"),
        ({"stand_role": "department_head"}, "stand_role", "已担任这一岗位"),
        ({"stand_from": ""}, "stand_from", "请填写日期"),
        ({"stand_until": "2026-05-01"}, "stand_until", "不能早于起始日期"),
        ({"stand_ground": ""}, "stand_ground", "委托文件"),
    ],
)
def test_an_authority_names_its_chair_days_and_paper(
    story: Story, changed: dict[str, str], field: str, told: str
) -> None:
    given = particulars(story.office, "head", **{**AUTHORITY, **changed})

    assert told in complaints_about(story.office.rules, given)[field]
