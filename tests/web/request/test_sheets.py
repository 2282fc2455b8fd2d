"""What is listed is taken away as a workbook: the same lines, for the same people only."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from flows.rosters.people_import import import_people
from flows.rosters.subject_import import import_subjects
from tests.helpers.circulars import CircularStory
from tests.helpers.rosters import code_of, firm, keeper_at, write_csv
from tests.web.conftest import Workbench

USERS = re.compile(r'<th scope="row"><a href="/admin/users/([^"]+)">')
LISTS = {
    "/messages": ("handler", None),
    "/duplicates": ("desk", "police"),
    "/rosters/subjects": ("handler", "police"),
    "/rosters/officers": ("handler", "police"),
    "/rosters/experts": ("handler", "police"),
    "/workload": ("handler", "police"),
    "/write-backs": ("desk", "handler"),
    "/case-reviews": ("legal", "police"),
    "/documents/stale": ("legal", "police"),
    "/templates": ("legal", "handler"),
    "/admin/users": ("administrator", "auditor"),
    "/rules": ("police", None),
    "/rules/stale": ("police", None),
    "/audit/sign-ins": ("auditor", "administrator"),
    "/admin/departments": ("administrator", "auditor"),
    "/admin/follow-ups": ("administrator", "auditor"),
}
"""By list: a chair that reads it, and one that does not."""


def rows_at(workbench: Workbench, chair: str, path: str) -> list[dict[str, str]]:
    """The rows of the workbook at an address, by heading."""
    answer = workbench.at(chair).get(path)
    assert answer.status_code == 200, path
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    heading, *rows = book.get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, heading), map(str, row), strict=True)) for row in rows]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_taken_away_by_who_reads_it_and_by_nobody_else(
    workbench: Workbench, path: str
) -> None:
    reader, other = LISTS[path]
    workbench.walk("register", "dispatch")

    rows_at(workbench, reader, f"{path}.xlsx")

    if other:
        assert workbench.at(other).get(f"{path}.xlsx").status_code in {403, 404}


def test_messages_are_taken_away_by_whom_they_are_for_as_they_are_narrowed(
    workbench: Workbench,
) -> None:
    number = workbench.walk("register", "dispatch")

    told = rows_at(workbench, "handler", "/messages.xlsx")
    narrowed = rows_at(workbench, "handler", "/messages.xlsx?q=没有这个词")
    waiting = rows_at(workbench, "handler", "/messages.xlsx?only=waiting")
    others = rows_at(workbench, "health", "/messages.xlsx")

    assert {row["编号"] for row in told} == {number}
    assert {row["要办或者知悉"] for row in waiting} == {"要办"}
    assert narrowed == [] and number not in {row["编号"] for row in others}


def test_messages_are_read_and_taken_away_in_the_order_asked_for(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = []
    for _ in range(3):
        workbench.story.clue = None
        numbers.append(workbench.walk("register", "dispatch"))
    monkeypatch.setattr("web.pages.clues.messages.PAGE", 2)
    handler = workbench.at("handler")

    told = rows_at(workbench, "handler", "/messages.xlsx?sort=oldest")
    first = handler.get("/messages?sort=oldest").text
    after = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    rest = handler.get(after).text

    assert list(dict.fromkeys(row["编号"] for row in told)) == numbers
    assert numbers[0] in first and numbers[2] not in first.partition("<main")[2]
    assert numbers[2] in rest.partition("<main")[2]


def test_late_limits_stand_in_the_order_asked_for(workbench: Workbench) -> None:
    numbers = []
    for _ in range(2):
        workbench.story.clue = None
        numbers.append(workbench.walk("register", "dispatch"))
        workbench.story.waits(days=1)
    workbench.story.waits(days=20)
    workbench.clock.now = workbench.story.now
    supervisor = workbench.at("supervisor")

    def late(query: str) -> list[str]:
        text = supervisor.get(f"/overdue{query}").text.partition("<tbody>")[2]
        return sorted(numbers, key=text.index)

    assert late("") == numbers
    assert late("?sort=latest") == numbers[::-1]


def test_pairs_are_taken_away_with_both_numbers_and_without_what_people_wrote(
    workbench: Workbench,
) -> None:
    first = workbench.walk("register")
    workbench.story.clue = None
    second = workbench.walk("register")
    content = workbench.story.row().content

    [row] = rows_at(workbench, "desk", "/duplicates.xlsx")
    elsewhere = rows_at(workbench, "handler", "/duplicates.xlsx")

    assert {row["线索编号"], row["疑似重复的线索"]} == {first, second}
    assert content and content not in row.values()
    assert elsewhere == []


def test_rosters_are_taken_away_as_they_are_narrowed_and_without_telephones(
    workbench: Workbench, tmp_path: Path
) -> None:
    keeper = keeper_at(workbench.office)
    firms = [firm(1, 联系方式=""), firm(2, 联系方式="13800000000")]
    import_subjects(keeper, write_csv(tmp_path / "名录.csv", firms), "名录.csv")
    officer = {"姓名": "甲某", "执法证号": "M1", "有效期至": "2026-06-20"}
    import_people(keeper, write_csv(tmp_path / "人员.csv", [officer]), "人员.csv", "officers")

    listed = rows_at(workbench, "handler", "/rosters/subjects.xlsx")
    [one] = rows_at(workbench, "handler", f"/rosters/subjects.xlsx?q={code_of(2)}")
    [listed_officer] = rows_at(workbench, "handler", "/rosters/officers.xlsx")

    assert [row["代码或编号"] for row in listed] == [code_of(1), code_of(2)]
    assert one["代码或编号"] == code_of(2) and "13800000000" not in one.values()
    assert listed_officer["执法证号"] == "M1" and listed_officer["提示"] == "即将到期"


def test_the_register_of_papers_takes_along_those_of_undertakings_for_whoever_sees_them(
    workbench: Workbench,
) -> None:
    story = CircularStory(workbench.office)
    story.does("circular.draft", answer_due="2026-05-20")
    story.does("circular.issue")
    workbench.clock.now = story.now

    own = rows_at(workbench, "handler", "/documents.xlsx?kind=circular")
    outside = rows_at(workbench, "police", "/documents.xlsx?kind=circular")

    assert [row["线索、事项编号"] for row in own] == ["TB2026000001"]
    assert outside == []


def test_what_the_law_library_lists_for_checking_is_taken_away_with_its_reasons(
    workbench: Workbench,
) -> None:
    stale = rows_at(workbench, "legal", "/rules/stale.xlsx?on=2030-01-01")
    some = rows_at(workbench, "legal", "/rules.xlsx?q=立案")

    assert all(row["为何待核对"] for row in stale) and stale
    assert 0 < len(some) < len(rows_at(workbench, "legal", "/rules.xlsx"))


def test_users_and_subjects_stand_in_the_order_asked_for_on_every_page(
    workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    firms = [firm(one, 名称=f"示例市{name}商行") for one, name in enumerate("丙甲乙", start=1)]
    keeper = keeper_at(workbench.office)
    import_subjects(keeper, write_csv(tmp_path / "名录.csv", firms), "名录.csv")
    by_code = [code_of(one) for one in (1, 2, 3)]
    monkeypatch.setattr("flows.people.user_list.PAGE", 3)

    def codes(sort: str) -> list[str]:
        found = rows_at(workbench, "handler", f"/rosters/subjects.xlsx?sort={sort}")
        return [row["代码或编号"] for row in found]

    assert codes("") == by_code and codes("latest") == by_code[::-1]
    assert codes("name") == sorted(by_code, key=lambda one: firms[by_code.index(one)]["名称"])
    for sort in ("name", "department", ""):
        listed = rows_at(workbench, "administrator", f"/admin/users.xlsx?sort={sort}")
        whole = [row["编号"] for row in listed]
        assert _turned(workbench, "administrator", f"/admin/users?sort={sort}") == whole


def _turned(workbench: Workbench, chair: str, path: str) -> list[str]:
    """The users of a list in the order of its pages, turned one after another."""
    found: list[str] = []
    while path:
        text = workbench.at(chair).get(path).text.partition("<main")[2]
        found += USERS.findall(text)
        path = text.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    return found


def test_pairs_stand_in_the_order_asked_for(workbench: Workbench) -> None:
    for _ in range(3):
        workbench.story.clue = None
        workbench.walk("register")
        workbench.story.waits(days=1)
        workbench.clock.now = workbench.story.now

    def raised(sort: str) -> list[str]:
        listed = rows_at(workbench, "desk", f"/duplicates.xlsx?sort={sort}")
        return [row["提示时间"] for row in listed]

    latest, oldest = raised(""), raised("oldest")

    assert latest == sorted(latest, reverse=True) and len(set(latest)) > 1
    assert oldest == sorted(latest)
    assert "最相似的在前" in workbench.at("desk").get("/duplicates?sort=alike").text


def test_a_party_is_taken_away_as_far_as_the_reader_may_see_it(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")
    name = workbench.story.row().subject_name

    [row] = rows_at(workbench, "handler", f"/parties.xlsx?name={name}")

    assert (row["线索编号"], row["类别"], row["是否在办"]) == (number, "线索", "在办")
    assert workbench.at("police").get(f"/parties.xlsx?name={name}").status_code == 404
    assert "/parties.xlsx?" in workbench.at("handler").get(f"/parties?name={name}").text
