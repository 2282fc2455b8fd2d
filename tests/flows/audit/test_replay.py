"""Rows held against the record: whatever was altered beside it is told in words."""

import pytest
from sqlalchemy import text
from sqlmodel import Session

from flows.audit.replay import last_dossier, replay
from flows.audit.replay_site import replay_numbers, replay_users
from flows.people.user_form import Particulars
from flows.people.user_keeping import Keeper, add_user, lock
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.people import actor
from tests.helpers.story import CONCLUDED, Story

TAMPERED = {
    "UPDATE clue SET content = 'x'": "线索登记的内容",
    "UPDATE clue SET subject_name = 'x'": "线索登记的内容",
    "UPDATE clue SET reporter_sealed = NULL": "线索登记的内容",
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
}


@pytest.fixture
def kept(any_office: Office) -> Office:
    """An office with a case, its papers and limits, and a user whom an administrator added."""
    told = Story(any_office)
    told.walk(*CONCLUDED, "file_case", "case.assign_officers")
    keeper = Keeper(any_office, actor("administrator"), told.now)
    add_user(keeper, "new-1", Particulars("新人", "shili-market", ("handler",), "SL1", "", ""))
    lock(keeper, "new-1")
    return any_office


def found(session: Session, office: Office) -> list[str]:
    told = [words for _, words in replay(session, office, 1, last_dossier(session))]
    # The people of a test were there before its record began, as in a demonstration.
    told += [one for one in replay_users(session, office) if "没有登记的记录" not in one]
    return [*told, *replay_numbers(session)]


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
