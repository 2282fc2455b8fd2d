"""Anybody asks whether a document is genuine, and learns nothing of the case."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

from documents.values.codes import shown_code
from tests.web.conftest import Workbench
from web.pages.papers.genuineness import MOST
from web.request.limiter import Limiter

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def altered(content: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace("示例市".encode(), "示范市".encode()))
    return made.getvalue()


def test_a_code_tells_kind_number_organ_day_and_state_and_nothing_else(
    workbench: Workbench,
) -> None:
    number = workbench.walk("register", "dispatch")
    [slip] = workbench.story.papers("dispatch_slip")
    nobody = workbench.nobody()

    for code in (slip.code, shown_code(slip.code).lower(), f"{slip.code[:4]} {slip.code[4:]}"):
        text = nobody.get(f"/v/{code}").text
        for told in ("真实有效", "《线索转办单》", str(slip.number), "2026-05-11"):
            assert told in text
        row = workbench.story.row()
        for secret in (number, row.title, row.subject_name, slip.sha256):
            assert secret not in text


def test_void_and_reissued_are_told_apart(workbench: Workbench) -> None:
    workbench.walk(
        "register", "dispatch", "accept", "verify", "conclude", "refer", "referral.approve"
    )
    [first], [second] = (workbench.story.papers(one) for one in ("transfer_approval", "goods_list"))
    legal, nobody = workbench.at("legal"), workbench.nobody()
    legal.post(f"/documents/{first.id}/void", data={"reason": "重复"})
    legal.post(f"/documents/{second.id}/reissue", data={"reason": "有误"})

    void = nobody.get(f"/v/{first.code}").text
    again = nobody.get(f"/v/{second.code}").text

    assert "已作废" in void
    assert "已重新制发" not in void
    assert "已作废，已重新制发" in again
    assert "重复" not in void


def test_a_file_is_genuine_altered_or_unknown(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch")
    [slip] = workbench.story.papers("dispatch_slip")
    content = workbench.office.shelf.get(slip.sha256)
    nobody = workbench.nobody()

    def ask(raw: bytes) -> str:
        return nobody.post("/verify", files={"file": ("转办单.docx", raw, WORD)}).text

    assert "真实有效" in ask(content)
    changed = ask(altered(content))
    assert "与登记不符" in changed
    assert str(slip.number) not in changed
    assert "没有登记" in ask(b"something else")


def test_a_typed_code_leads_to_its_address_and_a_wrong_one_back_to_the_form(
    workbench: Workbench,
) -> None:
    nobody = workbench.nobody()

    good = nobody.post("/verify", data={"code": "qdpm-2egv"})
    bad = nobody.post("/verify", data={"code": "<b>12"})
    nothing = nobody.post("/verify", data={})

    assert good.headers["location"] == "/v/QDPM2EGV"
    assert bad.status_code == 422
    assert "校验码应为8位字母和数字" in bad.text
    assert "&lt;b&gt;12" in bad.text
    assert nothing.status_code == 422
    assert "没有使用该校验码的文书" in nobody.get("/v/QDPM2EGV").text
    assert nobody.get("/v/%3Cscript%3E").status_code == 200


def test_who_asks_too_often_waits(workbench: Workbench) -> None:
    nobody = workbench.nobody()

    answers = [nobody.get("/v/QDPM2EGV").status_code for _ in range(MOST + 1)]
    late = nobody.post("/verify", data={"code": "QDPM2EGV"})

    assert answers == [200] * MOST + [429]
    assert late.status_code == 429
    assert "核验过于频繁，请10分钟后再试" in late.text
    assert 0 < int(late.headers["retry-after"]) <= 600
    assert nobody.get("/verify").status_code == 200
    workbench.clock.pass_(minutes=10)
    assert nobody.get("/v/QDPM2EGV").status_code == 200


def test_addresses_are_counted_apart() -> None:
    limiter = Limiter(1, timedelta(minutes=1), in_all=100)
    now = datetime(2026, 5, 11, tzinfo=UTC)

    assert limiter.wait("192.0.2.1", now) == 0
    assert limiter.wait("192.0.2.1", now) == 60
    assert limiter.wait("192.0.2.2", now) == 0
    assert limiter.wait("192.0.2.1", now + timedelta(minutes=1)) == 0
