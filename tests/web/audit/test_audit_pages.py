"""The auditor's pages: everything that was done, whether it was altered, and who saw what."""

import re
from io import BytesIO
from urllib.parse import quote

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from flows.door.reporter_reveal import reveal
from flows.site.store import transaction
from tests.helpers.office import snapshot
from tests.helpers.people import actor
from tests.web.conftest import PASSWORD, Workbench
from tests.web.watch.test_supervision import Inline

PAGES = (
    "/audit/events",
    "/audit/events/1",
    "/audit/chain",
    "/audit/reveals",
    "/audit/sign-ins",
)
FILES = ("/audit/events.xlsx", "/audit/reveals.xlsx", "/audit/chain/head.txt")
REASON = "回访核实，需要联系本人"


def looked_at(workbench: Workbench) -> str:
    """A clue whose reporter somebody saw."""
    number = workbench.walk("register", "dispatch", "accept")
    reveal(workbench.office, 1, actor("handler"), REASON, workbench.clock())
    return number


@pytest.mark.parametrize("chair", ["handler", "administrator", "supervisor", "head", "principal"])
def test_other_chairs_do_not_audit(workbench: Workbench, chair: str) -> None:
    looked_at(workbench)
    client = workbench.at(chair)

    for path in (*PAGES, *FILES, "/audit/chain/checks/1"):
        assert client.get(path).status_code == 403, path
    assert client.post("/audit/chain/checks").status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_plain_and_their_tables_can_be_followed(workbench: Workbench, path: str) -> None:
    looked_at(workbench)

    answer = workbench.at("auditor").get(path)

    found = Inline()
    found.feed(answer.text)
    assert answer.status_code == 200
    assert found.refused == []
    assert found.tables == found.captions


def test_every_event_is_listed_and_leads_to_its_clue(workbench: Workbench) -> None:
    number = looked_at(workbench)

    told = workbench.at("auditor").get("/audit/events").text

    assert f'href="/clues/{number}"' in told
    for words in ("转办", "查看举报人信息", "张经办"):
        assert words in told


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("action=accept", 1),
        ("action=nothing", 0),
        ("actor=张经办", 3),
        ("actor=handler", 3),
        ("clue=XS2026000009", 0),
        ("kind=referral", 0),
        ("since=2030-01-01", 0),
        ("until=2020-01-01", 0),
        ("since=2026-01-01&until=2026-12-31&action=accept", 1),
        ("before=2", 1),
        ("since=never&action=accept", 1),
    ],
)
def test_the_record_is_narrowed(workbench: Workbench, query: str, count: int) -> None:
    looked_at(workbench)

    told = workbench.at("auditor").get(f"/audit/events?{query}").text

    assert len(re.findall(r'<th scope="row"><a href="/audit/events/', told)) == count


def test_a_long_record_is_paged_without_gaps(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at(workbench)
    monkeypatch.setattr("flows.audit.event_log.PAGE", 2)
    client, path, seen = workbench.at("auditor"), "/audit/events", []
    while path:
        told = client.get(path).text
        seen += [
            int(one) for one in re.findall(r'<th scope="row"><a href="/audit/events/(\d+)', told)
        ]
        found = re.search(r'rel="next" href="([^"]+)"', told)
        path = found[1].replace("&amp;", "&") if found else ""

    assert seen == list(range(seen[0], 0, -1))


def test_an_event_shows_what_it_says_and_never_the_reporter(workbench: Workbench) -> None:
    looked_at(workbench)
    client = workbench.at("auditor")
    with transaction(workbench.office.engine) as session:
        sealed = 'UPDATE event SET detail = \'{"reporter_phone": "13900000000"}\' WHERE seq = 2'
        session.connection().execute(text(sealed))

    first, second = client.get("/audit/events/1").text, client.get("/audit/events/2").text

    assert "本条未被改动，与前一条相接" in first
    assert "13900000000" not in second
    assert "已隐去" in second
    assert "本条被改动" in second
    assert client.get("/audit/events/999").status_code == 404


def test_changed_rights_are_shown_before_and_after(workbench: Workbench) -> None:
    form = {"name": "张经办", "department": "shili-health", "roles": ["department_head"]}
    workbench.at("administrator").post("/admin/users/handler", data=form)

    told = workbench.at("auditor").get("/audit/events/1").text

    assert "更改用户" in told
    assert "线索经办人" in told
    assert "<strong>机关负责人</strong>" in told
    assert "示例市卫生健康委员会" in told


def test_the_record_can_be_taken_away(workbench: Workbench) -> None:
    number = looked_at(workbench)

    content = workbench.at("auditor").get("/audit/events.xlsx?action=accept").content

    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    heading, line = sheet.to_python()
    assert heading[:3] == ["序号", "时间", "人员"]
    assert number in line


def test_a_very_long_record_says_where_it_was_cut(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at(workbench)
    monkeypatch.setattr("flows.audit.event_log.MOST_EXPORTED", 2)
    monkeypatch.setattr("flows.audit.event_log.PORTION", 2)

    content = workbench.at("auditor").get("/audit/events.xlsx").content

    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 4
    assert "只导出最近2条" in str(rows[-1])


def test_a_check_is_run_and_kept(workbench: Workbench) -> None:
    looked_at(workbench)
    client = workbench.at("auditor")

    begun = client.post("/audit/chain/checks", data={"whole": "true"})
    told = client.get(begun.headers["location"]).text

    assert "核验通过" in told
    assert "接着上次核验" in client.get("/audit/chain").text
    assert client.get("/audit/chain/checks/77").status_code == 404


def test_an_altered_record_is_told_with_its_place(workbench: Workbench) -> None:
    looked_at(workbench)
    with transaction(workbench.office.engine) as session:
        session.connection().execute(text("UPDATE event SET actor_id = 'x' WHERE seq = 2"))
    client = workbench.at("auditor")

    told = client.get(client.post("/audit/chain/checks").headers["location"]).text

    assert "第2条被改动" in told
    assert 'href="/audit/events/2"' in told


def test_the_noted_end_is_compared(workbench: Workbench) -> None:
    looked_at(workbench)
    client = workbench.at("auditor")
    noted = client.get("/audit/chain/head.txt").content.decode("utf-8-sig")

    same = client.get("/audit/chain", params={"noted": noted}).text
    with transaction(workbench.office.engine) as session:
        session.connection().execute(text("DELETE FROM event WHERE seq >= 3"))
    cut = client.get("/audit/chain", params={"noted": noted}).text

    assert "与记下时一致" in same
    assert "末尾的记录被删除" in cut
    assert "data:image/png;base64," in same


def test_who_saw_a_reporter_and_why(workbench: Workbench) -> None:
    number = looked_at(workbench)

    told = workbench.at("auditor").get("/audit/reveals").text

    for words in (number, REASON, "张经办"):
        assert words in told
    assert "没有人查看过" in workbench.at("auditor").get("/audit/reveals?actor=nobody").text


def test_sign_ins_are_told_and_what_strangers_typed_is_not(workbench: Workbench) -> None:
    client = workbench.nobody()
    client.post("/signin", data={"account": "handler", "password": PASSWORD})
    client.post("/signin", data={"account": "handler", "password": "wrong"})
    client.post("/signin", data={"account": "my secret password", "password": ""})

    auditor = workbench.at("auditor")
    told = auditor.get("/audit/sign-ins").text
    failed = auditor.get("/audit/sign-ins?outcome=failed&user=handler").text

    assert "my secret password" not in told
    assert "没有这个用户" in told
    assert (failed.count("密码或编号不正确</span>"), failed.count("✓")) == (1, 0)


def test_an_auditor_changes_nothing_but_his_checks(workbench: Workbench) -> None:
    """Whatever form he sends in: users, follow-ups and clues stay as they are."""
    number = looked_at(workbench)
    client = workbench.at("auditor")
    before = snapshot(workbench.office)
    for path in (
        "/admin/users/new",
        "/admin/users/handler",
        "/admin/users/handler/standing/lock",
        "/admin/follow-ups/retry",
        f"/clues/{number}/do/clue/return",
        f"/clues/{number}/reporter",
    ):
        assert client.post(path, data={"all": "true", "reason": "试一试"}).status_code >= 400, path
    assert snapshot(workbench.office) == before

    client.post("/audit/chain/checks")

    after = snapshot(workbench.office)
    assert {key for key in after if after[key] != before[key]} == {"chain_check"}


def test_looks_at_reporters_are_saved_under_their_own_title(workbench: Workbench) -> None:
    looked_at(workbench)

    answer = workbench.at("auditor").get("/audit/reveals.xlsx")

    assert quote("举报人信息查看") in answer.headers["content-disposition"]
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    assert book.sheet_names[0] == "举报人信息查看"
