"""The list of users tells of each how his account stands, as his own page does."""

from datetime import timedelta

from domain.tables.people import User
from domain.tables.session import AccountLock, Passkey, Password, SecondFactor, SignInFailures
from flows.people.user_list import Narrow, list_users, user_line, users_sheet
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.people import CHAIRS
from tests.helpers.story import Story


def _accounts(story: Story) -> None:
    """One locked, one that failed too often, one that did so long ago, and so on."""
    now, soon = story.now, story.now + timedelta(minutes=5)
    with transaction(story.office.engine) as session:
        for one in ("handler", "colleague", "head", "legal"):
            session.add(Password(user_id=one, hash="", set_at=now, must_change=one == "head"))
        session.add(AccountLock(user_id="handler", locked_by="administrator", locked_at=now))
        for one, until in (("colleague", soon), ("legal", now), ("police", None)):
            session.add(SignInFailures(account=one, failures=9, last_at=now, locked_until=until))
        session.add(SecondFactor(user_id="legal", secret=b"", since=now, last_step=0))
        for key in ("first", "second"):
            session.add(
                Passkey(
                    **{"id": key, "user_id": "desk", "name": key, "public_key": b"", "uses": 0},
                    since=now,
                    asked_at=now,
                )
            )
        session.get_one(User, "county").active = False


def test_the_list_tells_of_each_what_his_own_page_tells(any_office: Office) -> None:
    story = Story(any_office)
    _accounts(story)

    with reading(any_office.engine) as session:
        lines, after = list_users(session, Narrow(), story.now)
        alone = [user_line(session, one.user.id, story.now) for one in lines]

    assert list(lines) == alone and after == ""
    assert [one.user.id for one in lines] == sorted(CHAIRS)
    told = {one.user.id: one.states for one in lines}
    assert {key: states for key, states in told.items() if states != ("没有密码",)} == {
        "handler": ("已锁定",),
        "colleague": ("失败过多，暂时锁定",),
        "head": ("待改初始密码",),
        "legal": ("在用",),
        "county": ("已停用",),
    }
    assert {one.user.id for one in lines if one.has_second} == {"desk", "legal"}


def test_who_is_narrowed_to_by_the_state_of_his_account_is_found(any_office: Office) -> None:
    story = Story(any_office)
    _accounts(story)

    with reading(any_office.engine) as session:
        locked, _ = list_users(session, Narrow(state="locked"), story.now)
        initial, _ = list_users(session, Narrow(state="initial"), story.now)
        rows = list(users_sheet(session, any_office.rules, Narrow(state="locked"), story.now).rows)

    assert [one.user.id for one in locked] == ["colleague", "handler"]
    assert [one.user.id for one in initial] == ["head"]
    assert [(row[0], row[-1]) for row in rows] == [
        ("colleague", "失败过多，暂时锁定"),
        ("handler", "已锁定"),
    ]
