"""The form of a step: what it begins with, keeps, complains of, and shows above itself."""

from sqlmodel import select

from domain.tables.form_draft import FormDraft
from flows.reminders.daily_tasks import daily
from flows.site.store import reading
from tests.helpers.story import IN_CASE
from tests.web.conftest import Workbench

WORDS = "现场查见三批无标签奶粉，进货票据缺失"
PERSON = "13800001234"


def _rows(workbench: Workbench) -> list[FormDraft]:
    with reading(workbench.office.engine) as session:
        return list(session.exec(select(FormDraft)))


def test_what_was_typed_is_there_again_until_the_step_is_done(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept", "verify")
    path = f"/clues/{number}/do/clue/conclude"
    handler = workbench.at("handler")
    typed = {"f.summary": WORDS, "fetch": "1"}

    kept = handler.post(f"{path}/draft", data=typed)

    assert (kept.status_code, "草稿已保存" in kept.text) == (200, True)
    again = workbench.at("handler")
    page = again.get(path).text
    assert WORDS in page and "没有提交的草稿" in page
    assert f'href="{path}"' in again.get("/").text
    assert WORDS not in workbench.at("colleague").get(path).text
    assert WORDS.encode() not in b"".join(one.sealed for one in _rows(workbench))
    refused = again.post(path, data={"f.summary": WORDS + PERSON})
    assert refused.status_code == 422
    assert PERSON in again.get(path).text
    assert again.post(f"{path}/draft/drop").headers["location"] == path
    assert _rows(workbench) == []


def test_a_draft_is_erased_by_the_step_and_by_time(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")
    handler = workbench.at("handler")
    path = f"/clues/{number}/do/clue/accept"
    handler.post(f"{path}/draft", data={"f.handler_user": "handler"})
    assert len(_rows(workbench)) == 1

    done = handler.post(path, data={"f.handler_user": "handler", "f.complaint_kind": "report"})

    assert done.status_code == 303, done.text
    assert _rows(workbench) == []
    handler.post(f"/clues/{number}/do/clue/verify/draft", data={"f.scope": WORDS})
    workbench.clock.pass_(days=29)
    daily(workbench.office, workbench.clock())
    assert len(_rows(workbench)) == 1
    workbench.clock.pass_(days=2)
    daily(workbench.office, workbench.clock())
    assert _rows(workbench) == []


def test_a_complaint_stands_at_its_field_and_is_linked_from_above(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept", "verify")

    text = workbench.at("handler").post(f"/clues/{number}/do/clue/conclude", data={}).text

    assert '<a href="#f-summary">请填写「核查情况」' in text
    at_field = text.partition('id="f-summary"')[2]
    assert "aria-invalid=true" in at_field[:300]
    assert '<p class="field-error">请填写「核查情况」' in at_field


def test_a_co_verifier_reads_what_was_asked_above_his_form(workbench: Workbench) -> None:
    story = workbench.story
    story.walk("register", "dispatch", "accept")
    story.does("verify", cooperating=["shili-health"], scope="请核查奶粉进货渠道")
    number = workbench.walk()
    part = story.processes("part")[-1]

    text = workbench.at("health").get(f"/clues/{number}/do/part/submit/{part.id}").text

    asked = text.partition("要求办理的事项")[2]
    assert "请核查奶粉进货渠道" in asked.partition("</details>")[0]
    assert 'data-applies="f.agrees=dissents"' in text
    assert "「是否同意主办部门意见」为「有不同意见」时填写" in text


def test_a_referral_begins_with_what_the_case_knows(workbench: Workbench) -> None:
    workbench.story.walk(*IN_CASE)
    goods = [{"名称": "净水器", "规格": "家用", "单位": "台", "数量": "37"}]
    workbench.story.does("case.preserve", preserved_goods=goods)
    number = workbench.walk()
    handler = workbench.at("handler")

    text = handler.get(f"/clues/{number}/do/clue/refer").text

    officers = text.partition('name="f.officers"')[2]
    assert 'value="handler" checked' in text and officers
    assert 'value="净水器"' in text and 'value="37"' in text
    assert workbench.story.row().subject_name in text.partition('id="f-suspect"')[2]
    assert "已按记录填好，请核对" in text


def test_who_has_done_a_step_is_led_to_the_next(workbench: Workbench) -> None:
    waiting = workbench.walk("register", "dispatch")
    workbench.story.clue = None
    number = workbench.walk("register", "dispatch")
    handler = workbench.at("handler")
    sent = {"f.handler_user": "handler", "f.complaint_kind": "report"}

    done = handler.post(f"/clues/{number}/do/clue/accept", data=sent)

    page = handler.get(done.headers["location"]).text
    assert f'href="/clues/{waiting}/do/clue/accept">办理下一条</a> 签收' in page
    assert "办理下一条" not in handler.get(f"/clues/{number}").text


def test_what_a_step_brings_about_only_sometimes_is_said_to_depend(workbench: Workbench) -> None:
    form = workbench.at("desk").get("/clues/new").text

    also = form.partition("<dt>同时</dt>")[2].partition("</dd>")[0]
    assert also.count("（符合条件时）") == 2
