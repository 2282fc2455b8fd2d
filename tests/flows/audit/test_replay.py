"""Rows held against the record: whatever was altered beside it is told in words."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from domain.limits.limit import day_of
from flows.audit.replay import last_dossier, replay
from flows.audit.replay_kept import replay_kept
from flows.audit.replay_numbers import replay_numbers
from flows.audit.replay_users import replay_users
from flows.people.user_form import Particulars
from flows.people.user_keeping import Keeper, add_user, lock
from flows.site.office import Office
from flows.site.store import reading
from flows.systems.access_tokens import TokenWish, issue_token
from flows.upkeep.department_keeping import Entry, keep_department
from flows.upkeep.number_keeping import Beginning, begin_series
from tests.helpers.people import actor
from tests.helpers.story import CONCLUDED, Story

COLUMNS = "label, hint, user_id, channel, scopes, issued_at, issued_by, expires_at"
TWIN = f"(id, token_sha256, {COLUMNS}) SELECT 9, 'x', {COLUMNS} FROM api_token"
TAMPERED = {
    "UPDATE clue SET content = 'x'": "线索登记的内容",
    "UPDATE clue SET subject_name = 'x'": "线索登记的内容",
    "UPDATE clue SET reporter_sealed = NULL": "线索登记的内容",
    "UPDATE clue SET handler_id = 'x'": "清单所列的承办人与登记的承办人不符",
    "UPDATE process SET delivered_at = opened_at WHERE kind = 'case'": "清单所依的移送时间与登记的",
    "UPDATE clue SET state = 'closed'": "状态与办理记录不符，应为",
    "UPDATE process SET facts = '{}' WHERE kind = 'case'": "登记的内容",
    "UPDATE process SET state = 'closed' WHERE kind = 'case'": "状态与办理记录不符",
    "DELETE FROM process WHERE kind = 'transfer'": "登记内容已被删除",
    "UPDATE clock SET due_at = '2030-01-01 00:00:00' WHERE id = 1": "时限",
    "DELETE FROM clock WHERE ended_at IS NULL": "时限",
    "DELETE FROM document WHERE id = 1": "登记内容已被删除",
    "UPDATE document SET sha256 = 'x' WHERE id = 1": "文件或者文号",
    "UPDATE document SET facts = '{}' WHERE id = 1": "登记内容被改动",
    "UPDATE document SET voided_at = issued_at WHERE id = 1": "是否作废",
    "DELETE FROM event WHERE clue_id IS NOT NULL": "没有办理记录",
    "UPDATE counter SET last = 99 WHERE organ = 'shili-market'": "文号系列",
    "UPDATE \"user\" SET roles = '[\"principal\"]' WHERE id = 'new-1'": "new-1 的部门、岗位",
    "DELETE FROM account_lock": "new-1 是否锁定",
    'UPDATE "user" SET active = true': "",
    "DELETE FROM \"user\" WHERE id = 'new-1'": "new-1 有办理记录而",
    "UPDATE \"user\" SET email = 'a@example.org' WHERE id = 'new-1'": "联系方式与办理记录不符",
    "UPDATE password SET hash = 'x' WHERE user_id = 'new-1'": "登录密码与办理记录不符",
    "DELETE FROM password WHERE user_id = 'new-1'": "登录密码与办理记录不符",
    "UPDATE api_token SET user_id = 'principal'": "接口令牌（第1号）登记的内容",
    "UPDATE api_token SET expires_at = '2099-01-01 00:00:00'": "接口令牌（第1号）登记的内容",
    "UPDATE api_token SET last_used_at = expires_at": "",
    "DELETE FROM api_token": "接口令牌（第1号）有办理记录而",
    f"INSERT INTO api_token {TWIN}": "接口令牌（第9号）与办理记录不符",
    "UPDATE site_department SET content = '{}'": "部门登记（第1号）登记的内容",
    "DELETE FROM site_department": "部门登记（第1号）有办理记录而",
    "DELETE FROM counter WHERE series = 'XS'": "编号系列 XS",
    "UPDATE counter SET last = 7 WHERE series = 'XS'": "编号系列 XS",
    "DELETE FROM dossier": "编号的登记已被删除",
}


@pytest.fixture
def kept(any_office: Office) -> Office:
    """An office with a case, its papers and limits, and a user whom an administrator added."""
    told = Story(any_office)
    told.walk(*CONCLUDED, "file_case", "case.assign_officers")
    keeper = Keeper(any_office, actor("administrator"), told.now)
    add_user(keeper, "new-1", Particulars("新人", "shili-market", ("handler",), "SL1", "", ""))
    lock(keeper, "new-1")
    wish = TokenWish("平台", "handler", ("clues",), told.now + timedelta(days=30))
    issue_token(any_office, wish, actor("administrator"), told.now)
    renamed = any_office.rules.departments["shili-market"].model_copy(update={"phone": "0000-1"})
    keep_department(keeper, Entry("shili-market", day_of(told.now), renamed))
    return any_office


def found(session: Session, office: Office) -> list[str]:
    told = [words for _, words in replay(session, office, 1, last_dossier(session))]
    # The people of a test were there before its record began, as in a demonstration.
    told += [one for one in replay_users(session, office) if "没有登记的记录" not in one]
    return [*told, *replay_kept(session, office), *replay_numbers(session, office)]


def test_whatever_is_altered_beside_the_record_is_told(kept: Office) -> None:
    with reading(kept.engine) as session:
        assert found(session, kept) == []

    for statement, words in TAMPERED.items():
        with reading(kept.engine) as session:
            for one in ("SET session_replication_role = replica", "PRAGMA defer_foreign_keys = ON"):
                if (kept.engine.dialect.name == "postgresql") == one.startswith("SET"):
                    session.connection().execute(text(one))
            session.connection().execute(text(statement))
            told = found(session, kept)
            session.rollback()
        assert any(words in one for one in told) if words else told == [], statement


def test_a_series_that_began_where_the_organ_had_stopped_is_no_misfit(office: Office) -> None:
    story = Story(office)
    keeper = Keeper(office, actor("administrator"), story.now)
    begin_series(keeper, Beginning("shili-hotline", "转", story.now.year, 46))
    story.walk("register", "dispatch")

    with reading(office.engine) as session:
        assert [one for one in found(session, office) if "文号" in one] == []
        session.connection().execute(text("UPDATE counter SET last = 45 WHERE series = '转'"))
        assert any("文号系列 shili-hotline 转" in one for one in found(session, office))


def test_what_was_kept_before_marks_is_bound_by_its_number(kept: Office) -> None:
    """Events of an older program name no row of a department; there are as many as rows."""
    bare = "UPDATE event SET detail = '{}' WHERE process_kind = 'department'"
    with reading(kept.engine) as session:
        session.connection().execute(text(bare))
        assert found(session, kept) == []
        session.connection().execute(text("DELETE FROM site_department"))
        assert any("部门登记" in one for one in found(session, kept))
