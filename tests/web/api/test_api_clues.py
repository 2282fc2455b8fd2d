"""Clues followed, looked at, acted on and their documents taken, as the token's person may."""

import re
from hashlib import sha256
from io import BytesIO

import jsonschema
import pytest
from docx import Document
from sqlmodel import col, select
from starlette.testclient import TestClient

from domain.tables.process import Clue
from domain.tables.record import Event, IssuedDocument
from flows.site.store import reading, transaction
from tests.helpers.filled_forms import filled
from tests.web.conftest import Workbench
from tests.web.helpers.callers import system

DISPATCH = {"lead": "shili-market", "reason": "属于市场监管职责"}


def last_event(workbench: Workbench) -> Event:
    with reading(workbench.office.engine) as session:
        query = select(Event).where(col(Event.clue_id).is_not(None))
        return session.exec(query.order_by(col(Event.seq).desc())).first()  # type: ignore[return-value]


def act(program: TestClient, number: str, action: str, **form: object):  # type: ignore[no-untyped-def]
    return program.post(f"/api/v1/clues/{number}/actions/clue/{action}", json={"form": form})


# --- following -----------------------------------------------------------------------------------


def test_changes_are_followed_without_gap_or_repetition(workbench: Workbench) -> None:
    numbers = []
    for _ in range(5):
        workbench.story.clue = None
        numbers.append(workbench.walk("register"))
    workbench.story.does("dispatch")
    program = system(workbench, "desk")

    seen, since, more = [], 0, True
    while more:
        page = program.get(f"/api/v1/clues?limit=2&since={since}").json()
        seen += [one["no"] for one in page["items"]]
        since, more = page["next_since"], page["more"]
    assert seen == numbers

    assert program.get(f"/api/v1/clues?since={since}").json()["items"] == []
    workbench.story.clue = 2
    workbench.story.does("dispatch")
    (line,) = program.get(f"/api/v1/clues?since={since}").json()["items"]
    assert (line["no"], line["state"]["id"]) == (numbers[1], "dispatched")


def test_list_is_narrowed_by_state_department_and_outside_number(workbench: Workbench) -> None:
    workbench.story.does("register", outside_no="GD1")
    workbench.story.clue = None
    workbench.walk("register", "dispatch")
    program = system(workbench, "desk")

    def found(query: str) -> int:
        return len(program.get(f"/api/v1/clues?{query}").json()["items"])

    assert found("") == 2
    assert found("state=dispatched") == found("department=shili-market") == 1
    assert found("outside_no=GD1") == 1
    assert found("channel=media") == 0


def test_other_departments_clue_is_neither_listed_nor_there(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept")
    stranger = system(workbench, "urban")
    unknown = stranger.get("/api/v1/clues/XS2026999999")

    assert stranger.get("/api/v1/clues").json()["items"] == []
    for path in ("", "/actions", "/documents"):
        answer = stranger.get(f"/api/v1/clues/{number}{path}")
        assert answer.status_code == 404
        assert answer.json()["title"] == unknown.json()["title"]
    assert act(stranger, number, "verify").status_code == 404


def test_administrator_sees_no_clue_through_a_token_either(workbench: Workbench) -> None:
    number = workbench.walk("register")

    assert (
        system(workbench, "administrator", "clues").get(f"/api/v1/clues/{number}").status_code
        == 404
    )


def test_follower_of_few_does_not_look_at_the_others_again(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch")
    page = system(workbench, "handler").get("/api/v1/clues?state=closed").json()

    assert page["items"] == []
    assert page["next_since"] > last_event(workbench).seq - 1


# --- one clue ------------------------------------------------------------------------------------


def test_clue_is_told_with_limits_articles_and_history(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")
    answer = system(workbench, "handler").get(f"/api/v1/clues/{number}")

    found = answer.json()
    assert answer.headers["etag"] == f'"{last_event(workbench).seq}"'
    assert found["state"]["name"] and found["department"]["id"] == "shili-market"
    running = [one for one in found["clocks"] if not one["ended_at"]]
    assert {one["light"] for one in running} <= {"green", "yellow"}
    assert all(one["article"] for one in found["clocks"])
    assert [one["who"] for one in found["timeline"]][:2] == ["热小线", "热小线"]


def test_personal_data_are_masked(workbench: Workbench) -> None:
    workbench.story.does(
        "register",
        reporter_name="欧阳无名",
        reporter_phone="13800138000",
        subject_name="赵某",
        subject_code="110101199003070791",
        subject_phone="13911112222",
    )
    found = system(workbench, "desk").get(f"/api/v1/clues/{workbench.walk()}").text

    for secret in ("欧阳无名", "13800138000", "13911112222", "110101199003070791"):
        assert secret not in found


def test_police_see_the_referral_and_not_the_clue_itself(workbench: Workbench) -> None:
    chain = ("register", "dispatch", "accept", "verify", "conclude", "refer")
    number = workbench.walk(*chain, "referral.approve", "referral.deliver")

    found = system(workbench, "police").get(f"/api/v1/clues/{number}").json()

    assert found["content"] is None
    assert found["reporter"] == ""
    assert {one["kind"] for one in found["processes"]} == {"referral"}
    assert found["timeline"] and all("移送" in one["process"] for one in found["timeline"])


# --- actions -------------------------------------------------------------------------------------


def test_actions_come_with_a_form_that_is_a_json_schema(workbench: Workbench) -> None:
    number = workbench.walk("register")

    found = system(workbench, "desk").get(f"/api/v1/clues/{number}/actions").json()

    dispatch = next(one for one in found["items"] if one["action"] == "dispatch")
    assert dispatch["allowed"] and dispatch["reasons"] == [] and dispatch["basis"]
    assert dispatch["form"]["required"] == ["lead", "reason"]
    assert dispatch["form"]["properties"]["lead"]["title"] == "主办部门"
    for one in found["items"]:
        jsonschema.Draft202012Validator.check_schema(one["form"])
    jsonschema.validate(DISPATCH, dispatch["form"])


def test_usual_forms_fit_the_schemas_of_their_actions(workbench: Workbench) -> None:
    """What the tests fill in by hand another system may send."""
    from web.api.field_schemas import form_schema  # noqa: PLC0415

    for kind, lifecycle in workbench.office.rules.lifecycles.items():
        for name, action in lifecycle.actions.items():
            form = filled(kind, name, workbench.clock())
            own = {key: one for key, one in form.items() if key in action.form}
            schema = form_schema(action.form, workbench.office.rules)
            schema["required"] = []
            jsonschema.Draft202012Validator.check_schema(schema)
            for key, value in own.items():
                if isinstance(value, str | bool):
                    jsonschema.validate({key: value}, schema)


def test_refused_actions_come_with_every_reason_and_its_article(workbench: Workbench) -> None:
    number = workbench.walk("register")

    found = system(workbench, "supervisor").get(f"/api/v1/clues/{number}/actions").json()

    refused = [one for one in found["items"] if not one["allowed"]]
    assert refused
    for one in refused:
        assert one["reasons"] and all(each["article"] for each in one["reasons"])


def test_action_is_done_in_the_name_of_the_tokens_person(workbench: Workbench) -> None:
    number = workbench.walk("register")
    program = system(workbench, "desk")

    answer = act(program, number, "dispatch", **DISPATCH)

    done, event = answer.json(), last_event(workbench)
    assert answer.status_code == 200, answer.text
    assert done["state"]["id"] == "dispatched"
    assert answer.headers["etag"] == f'"{done["version"]}"'
    assert event.actor_id == "desk"
    assert done["version"] == event.seq
    assert done["documents"]


def test_who_may_not_act_is_refused_with_reasons(workbench: Workbench) -> None:
    number = workbench.walk("register")

    answer = act(system(workbench, "arbiter"), number, "dispatch", **DISPATCH)

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("#refused")
    assert all(one["article"] and one["text"] for one in answer.json()["reasons"])
    assert workbench.story.state() == "registered"


def test_incomplete_form_is_told_with_all_that_is_missing(workbench: Workbench) -> None:
    number = workbench.walk("register")

    answer = act(system(workbench, "desk"), number, "dispatch", colour="red")

    texts = " ".join(one["text"] for one in answer.json()["reasons"])
    assert answer.status_code == 422
    assert all(part in texts for part in ("主办部门", "转办理由", "colour"))


def test_who_saw_an_older_version_is_told_so(workbench: Workbench) -> None:
    number = workbench.walk("register")
    program = system(workbench, "desk")
    old = program.get(f"/api/v1/clues/{number}").headers["etag"]
    url = f"/api/v1/clues/{number}/actions/clue/dispatch"
    first = program.post(url, json={"form": DISPATCH}, headers={"If-Match": old})

    second = program.post(url, json={"form": DISPATCH}, headers={"If-Match": old})

    assert first.status_code == 200
    assert second.status_code == 412
    assert second.json()["type"].endswith("#outdated")


def test_action_sent_again_with_its_key_is_done_once(workbench: Workbench) -> None:
    number = workbench.walk("register")
    program = system(workbench, "desk")
    url, key = f"/api/v1/clues/{number}/actions/clue/dispatch", {"Idempotency-Key": "d-1"}

    first = program.post(url, json={"form": DISPATCH}, headers=key)
    again = program.post(url, json={"form": DISPATCH}, headers=key)

    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert first.headers["etag"] == again.headers["etag"]
    with reading(workbench.office.engine) as session:
        events = session.exec(select(Event).where(Event.action == "dispatch")).all()
    assert len(events) == 1


def test_refused_call_keeps_no_key(workbench: Workbench) -> None:
    number = workbench.walk("register")
    program = system(workbench, "desk")
    url, key = f"/api/v1/clues/{number}/actions/clue/dispatch", {"Idempotency-Key": "d-1"}

    refused = program.post(url, json={"form": {}}, headers=key)
    done = program.post(url, json={"form": DISPATCH}, headers=key)

    assert (refused.status_code, done.status_code) == (422, 200)


@pytest.mark.parametrize(
    "path", ["clue/explode", "radio/accept", "clue/deem_accepted", "case/discuss"]
)
def test_action_that_nobody_takes_is_not_there(workbench: Workbench, path: str) -> None:
    number = workbench.walk("register")

    answer = system(workbench, "desk").post(
        f"/api/v1/clues/{number}/actions/{path}", json={"process_id": 99}
    )

    assert answer.status_code == 404


def test_signs_that_no_database_keeps_are_refused(workbench: Workbench) -> None:
    number = workbench.walk("register")
    body = rb'{"form": {"lead": "shili-market", "reason": "x\ud800\u0000"}}'

    answer = system(workbench, "desk").post(
        f"/api/v1/clues/{number}/actions/clue/dispatch",
        content=body,
        headers={"Content-Type": "application/json"},
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "form.reason"


@pytest.mark.parametrize("amount", ["1e30", "1E+999999", "NaN", "-1", "0.001"])
def test_strange_amounts_are_complaints(workbench: Workbench, amount: str) -> None:
    from domain.shapes.lifecycles import FormField  # noqa: PLC0415
    from domain.situation.form_reading import read_form  # noqa: PLC0415

    fields = {"fine": FormField(label="罚款", type="amount")}

    _, complaints = read_form(fields, {"fine": amount}, workbench.office.rules)

    assert len(complaints) == 1


# --- documents -----------------------------------------------------------------------------------


def test_document_is_taken_as_it_was_issued(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")
    program = system(workbench, "handler")
    items = program.get(f"/api/v1/clues/{number}/documents").json()["items"]
    numbered = next(one for one in items if one["number"])

    by_id = program.get(numbered["url"])
    by_number = program.get(f"/api/v1/documents/{numbered['number']}")

    assert by_id.content == by_number.content
    assert by_id.headers["etag"] == f'"{sha256(by_id.content).hexdigest()}"'
    assert by_id.headers["etag"].strip('"') == numbered["sha256"]
    assert Document(BytesIO(by_id.content)).paragraphs


def test_document_that_is_known_is_not_sent_again(workbench: Workbench) -> None:
    number = workbench.walk("register")
    program = system(workbench, "desk")
    (one, *_) = program.get(f"/api/v1/clues/{number}/documents").json()["items"]

    answer = program.get(one["url"], headers={"If-None-Match": f'"{one["sha256"]}"'})

    assert (answer.status_code, answer.content) == (304, b"")


def test_other_departments_document_is_not_there(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch")
    stranger = system(workbench, "urban")

    assert stranger.get("/api/v1/documents/1").status_code == 404
    assert stranger.get("/api/v1/documents/99999999999999999999").status_code == 404
    odd = stranger.get("/api/v1/documents/1%0A2")
    assert (odd.status_code, odd.headers["content-type"]) == (404, "application/problem+json")
    assert odd.json()["title"] == "没有找到"


def test_voided_document_gives_way_to_the_one_in_its_stead(workbench: Workbench) -> None:
    """A number names the document that is valid, if one is."""
    number = workbench.walk("register", "dispatch")
    program = system(workbench, "handler")
    with transaction(workbench.office.engine) as session:
        row = session.exec(select(IssuedDocument).where(col(IssuedDocument.number) != "")).first()
        assert row is not None
        row.voided_at = workbench.clock()
        session.add(row)

    items = program.get(f"/api/v1/clues/{number}/documents").json()["items"]

    assert [one["voided"] for one in items].count(True) == 1


# --- limits --------------------------------------------------------------------------------------


def test_limit_is_told_day_by_day_with_its_article(workbench: Workbench) -> None:
    program = system(workbench, "handler")

    found = program.get("/api/v1/rules/due?rule=cx18&start=2026-09-25&extend=1").json()

    assert found["rule"] == "cx18"
    assert found["basis"]["article"] and found["days"]
    assert found["due"].endswith("+08:00")


def test_unknown_limit_is_told_what_is_like_it(workbench: Workbench) -> None:
    answer = system(workbench, "handler").get("/api/v1/rules/due?rule=cx19&start=2026-09-25")

    assert answer.status_code == 422
    assert "cx18" in answer.json()["detail"]


# --- description ---------------------------------------------------------------------------------


def test_documentation_needs_no_token_and_nothing_from_outside(workbench: Workbench) -> None:
    nobody = workbench.nobody()
    page, schema = nobody.get("/api/v1/docs"), nobody.get("/api/v1/openapi.json")

    assert page.status_code == schema.status_code == 200
    assert "script-src 'self';" in page.headers["content-security-policy"]
    assert "<script>" not in page.text and "style=" not in page.text
    for path in schema.json()["paths"]:
        assert path in page.text
    for status in (401, 409, 412, 429):
        assert f"{status}" in page.text


def test_unknown_address_is_a_problem_in_chinese(workbench: Workbench) -> None:
    answer = system(workbench, "desk").get("/api/v1/radio")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "没有找到"


def test_clue_of_the_list_is_the_clue_of_the_page(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")
    program = system(workbench, "desk")

    (line,) = program.get("/api/v1/clues").json()["items"]
    whole = program.get(f"/api/v1/clues/{number}").json()

    assert {key: whole[key] for key in line} == line
    with reading(workbench.office.engine) as session:
        assert session.exec(select(Clue.no)).one() == line["no"]


def test_description_names_every_record_that_it_refers_to(workbench: Workbench) -> None:
    schema = workbench.nobody().get("/api/v1/openapi.json")

    sent = schema.json()["paths"]["/work-orders"]["post"]["requestBody"]["content"]
    referred = set(re.findall(r"#/components/schemas/(\w+)", schema.text))
    assert referred <= set(schema.json()["components"]["schemas"])
    assert "WorkOrder" in str(sent["application/json"]["schema"])
