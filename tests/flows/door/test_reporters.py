"""Who reported stays between the reporter and the key file."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from domain.files.reporter_words import mask_name, mask_phone, without_phone
from flows.door.reporters import (
    masked_reporter,
    open_reporter,
)
from flows.site.keys import WrongKeys, load_keys
from tests.helpers.story import ACCEPTED, Story, docx_text

NAME, PHONE = "欧阳静怡", "13912345678"
WRITTEN = "１３９-1234 5678"
"""The number as it stands among the words."""


def _told(story: Story) -> None:
    content = f"鑫源超市的牛奶已过期，请打{WRITTEN}找我；店里电话 0531-88886666。"
    story.does("register", reporter_name=NAME, reporter_phone=PHONE, content=content)
    story.walk(*ACCEPTED[1:], "verify", "conclude")


def test_the_database_files_do_not_know_who_reported(story: Story) -> None:
    _told(story)
    story.office.engine.dispose()

    found = b"".join(
        path.read_bytes() for path in story.office.settings.home.glob("yisong.sqlite3*")
    )

    assert len(found) > 10_000
    for secret in (NAME, PHONE):
        assert secret.encode() not in found
        assert secret.encode("unicode_escape") not in found


def test_no_row_of_any_table_names_the_reporter(story: Story) -> None:
    _told(story)

    with story.office.engine.connect() as connection:
        rows = [
            repr(tuple(row))
            for table in SQLModel.metadata.sorted_tables
            for row in connection.execute(select(table))
        ]

    assert not [row for row in rows if NAME in row or PHONE in row]


def test_documents_show_a_masked_reporter(story: Story) -> None:
    _told(story)

    texts = [docx_text(story.office.shelf.get(paper.sha256)) for paper in story.papers()]

    assert texts
    assert not [text for text in texts if NAME in text or PHONE in text]
    assert "欧***" in "".join(texts)


def test_who_holds_the_keys_reads_the_reporter(story: Story) -> None:
    _told(story)
    sealed = story.row().reporter_sealed

    assert sealed is not None
    found = open_reporter(sealed, story.office.keys)
    assert (found.name, found.phone) == (NAME, PHONE)
    assert NAME not in repr(found)
    assert masked_reporter(sealed, story.office.keys) == "欧*** *******5678"


def test_other_keys_open_nothing(story: Story, tmp_path: Path) -> None:
    _told(story)
    sealed = story.row().reporter_sealed

    with pytest.raises(WrongKeys, match="密钥文件与保存时的不同"):
        open_reporter(sealed or b"", load_keys(tmp_path / "other" / "keys.json"))


def test_a_clue_split_off_keeps_its_reporter(story: Story) -> None:
    content = f"鑫源超市的牛奶已过期，请打{WRITTEN}找我；店里电话 0531-88886666。"
    story.does("register", reporter_name=NAME, reporter_phone=PHONE, content=content)
    story.does("split")
    story.clue = (story.clue or 0) + 1

    sealed = story.row().reporter_sealed

    assert sealed is not None
    assert open_reporter(sealed, story.office.keys).phone == PHONE


def test_an_anonymous_report_is_called_so(story: Story) -> None:
    story.does("register", reporter_name=None, reporter_phone=None)

    assert story.row().reporter_sealed is None
    assert masked_reporter(None, story.office.keys) == "匿名"


@pytest.mark.parametrize(
    ("name", "shown"), [("刘", "刘*"), ("刘小民", "刘**"), ("", ""), ("欧阳静怡", "欧***")]
)
def test_a_name_shows_its_first_character(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"), [("13800001234", "*******1234"), ("1234", "****"), ("", "")]
)
def test_a_phone_shows_its_last_four_digits(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


def test_the_key_file_is_its_owners_only(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"

    keys = load_keys(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert load_keys(path) == keys
    assert repr(keys) == "Keys(…)"


def test_a_number_among_the_words_is_kept_for_who_may_see_the_reporter(story: Story) -> None:
    """The reporter's own number is masked wherever he wrote it; another's stays."""
    _told(story)
    row = story.row()

    assert "请打*******5678找我" in row.content
    assert "0531-88886666" in row.content
    assert row.reporter_sealed is not None
    assert WRITTEN in open_reporter(row.reporter_sealed, story.office.keys).words


@pytest.mark.parametrize(
    ("text", "phone", "kept"),
    [
        ("电话+86 139-1234-5678", "13912345678", "电话*******5678"),
        ("订单1391234567812号", "13912345678", "订单1391234567812号"),
        ("家里88886666，找我", "053188886666", "家里********6666，找我"),
        ("打12345没人接", "12345", "打12345没人接"),
        ("电话13800000001", "138****0001", "电话13800000001"),
    ],
)
def test_only_the_whole_own_number_is_masked(text: str, phone: str, kept: str) -> None:
    assert without_phone(text, phone) == kept
