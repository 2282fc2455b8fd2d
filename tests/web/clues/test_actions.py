"""Every action as one form: told before, done once, refused with every reason."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.helpers.circulars import CircularStory
from tests.helpers.filled_forms import filled
from tests.helpers.inspections.assessments import AssessmentStory
from tests.helpers.inspections.breaches import BreachStory
from tests.helpers.inspections.draws import DrawStory
from tests.helpers.inspections.joint import JointStory
from tests.helpers.inspections.publications import PublicationStory
from tests.helpers.inspections.risk_warnings import WarningStory
from tests.helpers.inspections.visits import VisitStory
from tests.helpers.story import CONCLUDED, USUAL_CHAIR
from tests.web.conftest import Workbench
from tests.web.helpers.browser_form import Sent, as_sent

pytestmark = pytest.mark.early

WAY = (
    *CONCLUDED[1:],
    "file_case",
    "case.assign_officers",
    "case.record_facts",
    "refer",
    "referral.approve",
    "referral.deliver",
    "referral.receipt",
    "referral.file",
    "referral.hand_over",
    "referral.close",
)


def _by_browser(workbench: Workbench, number: str, action: str, **changes: object) -> str:
    """Somebody finds the form from the clue's page, sends it, and is led back to the clue."""
    kind, _, name = f"clue.{action}".rpartition(".")
    kind = kind.removeprefix("clue.") or "clue"
    chair = USUAL_CHAIR.get(action, "handler")
    client = workbench.at(chair)
    page = client.get(f"/clues/{number}").text
    found = re.search(rf'href="(/clues/{number}/do/{kind}/{name}(?:/\d+)?)"', page)
    assert found, f"{chair} is not offered {action}"
    form = client.get(found[1])
    assert form.status_code == 200
    fields = workbench.office.rules.lifecycles[kind].actions[name].form
    values = {**filled(kind, name, workbench.clock()), **changes}
    answer = client.post(found[1], data=_with_version(form.text, as_sent(fields, values)))
    assert answer.status_code == 303, re.sub(r"<[^>]+>", " ", answer.text)[-1500:]
    workbench.clock.pass_(hours=1)
    return answer.headers["location"]


def _with_version(page: str, sent: Sent) -> Sent:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return {**sent, "version": found[1]}


def test_whole_way_from_registering_to_the_police_goes_through_forms(
    workbench: Workbench,
) -> None:
    desk = workbench.at("desk")
    fields = workbench.office.rules.lifecycles["clue"].actions["register"].form
    answer = desk.post(
        "/clues/new", data=as_sent(fields, filled("clue", "register", workbench.clock()))
    )
    number = urlsplit(answer.headers["location"]).path.rpartition("/")[2]

    for action in WAY:
        joint = {"cooperating": ["shili-health"]} if action == "verify" else {}
        _by_browser(workbench, number, action, **joint)
        if joint:
            _by_browser(workbench, number, "part.submit")

    workbench.story.clue = 1
    assert workbench.story.state("referral") == "closed"
    assert workbench.story.chain_holds()


def test_clue_page_says_what_was_just_done_to_who_did_it_only(workbench: Workbench) -> None:
    number = workbench.walk("register")
    target = _by_browser(workbench, number, "dispatch")

    assert "《线索转办单》" in _alert(workbench.at("desk").get(target).text)
    assert _alert(workbench.at("handler").get(target).text) == ""
    assert parse_qs(urlsplit(target).query)["done"][0].isdecimal()


def test_dispatch_is_two_clicks_where_the_suggestion_is_right(workbench: Workbench) -> None:
    workbench.story.does("register", title="超市销售过期食品", content="超市买的牛奶过了保质期")
    number = workbench.walk()
    client = workbench.at("desk")

    link = re.search(rf'href="(/clues/{number}/do/clue/dispatch)"', client.get("/").text)
    assert link
    form = client.get(link[1]).text
    answer = client.post(link[1], data=_shown_values(form))

    assert answer.status_code == 303
    assert workbench.story.row().department_id == "shili-market"


def test_form_with_complaints_keeps_what_was_filled_in(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept", "verify")
    sent = {"f.summary": "现场查获过期奶粉<b>三</b>箱", "f.finding": "unlawful"}

    answer = workbench.at("handler").post(f"/clues/{number}/do/clue/conclude", data=sent)

    assert answer.status_code == 422
    assert "现场查获过期奶粉&lt;b&gt;三&lt;/b&gt;箱" in answer.text
    assert re.search(r'value="unlawful" selected', answer.text)
    assert "请填写「证据」" in answer.text
    assert "请填写「处理建议」" in answer.text
    assert workbench.story.state() == "verifying"


def test_form_says_what_the_step_will_do_before_it_is_done(workbench: Workbench) -> None:
    number = workbench.walk("register")
    fields = workbench.office.rules.lifecycles["clue"].actions["dispatch"].form
    sent = as_sent(fields, filled("clue", "dispatch", workbench.clock()))

    answer = workbench.at("desk").post(
        f"/clues/{number}/do/clue/dispatch/preview", data=sent, headers={"HX-Request": "true"}
    )

    assert "已转办待签收" in answer.text
    assert "签收（示例市市场监督管理局）" in answer.text
    assert "届满" in answer.text
    assert "《线索转办单》" in answer.text
    assert "<html" not in answer.text
    assert workbench.story.state() == "registered"


def test_a_doubtful_code_or_telephone_is_told_and_refuses_nothing(workbench: Workbench) -> None:
    typed = {"f.subject_code": "00123", "f.reporter_phone": "不知道"}

    told = workbench.at("desk").post(
        "/clues/new/preview", data=typed, headers={"hx-request": "true"}
    )

    assert "「证件号码」应为18位，实为5位" in told.text
    assert "「举报人电话」认不出电话号码" in told.text


def test_preview_without_scripts_is_a_whole_page_with_the_form(workbench: Workbench) -> None:
    number = workbench.walk("register")

    answer = workbench.at("desk").post(
        f"/clues/{number}/do/clue/dispatch/preview", data={"f.reason": "属市场监管职责"}
    )

    assert answer.status_code == 200
    assert "<html" in answer.text
    assert "属市场监管职责" in answer.text
    assert "还要填写：主办部门" in answer.text


def test_second_of_two_officers_is_told_to_look_again(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")
    url = f"/clues/{number}/do/clue/dispute"
    seen = workbench.at("head").get(url).text
    fields = workbench.office.rules.lifecycles["clue"].actions["dispute"].form
    sent = _with_version(seen, as_sent(fields, filled("clue", "dispute", workbench.clock())))
    workbench.walk("accept")

    answer = workbench.at("head").post(url, data=sent)

    assert answer.status_code == 409
    assert "刚刚被他人办理" in answer.text
    assert workbench.story.state() == "accepted"


def test_actions_not_allowed_are_listed_with_every_reason_and_article(
    workbench: Workbench,
) -> None:
    number = workbench.walk("register", "dispatch")

    text = workbench.at("legal").get(f"/clues/{number}").text

    assert "现在不能办理的" in text
    assert "只能由线索经办人、机关负责人操作" in text
    assert "《" in text.split("现在不能办理的")[1]


def test_form_of_a_refused_action_shows_reasons_instead_of_fields(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")

    shown = workbench.at("legal").get(f"/clues/{number}/do/clue/accept")
    sent = workbench.at("legal").post(f"/clues/{number}/do/clue/accept", data={})

    assert 'name="f.handler_user"' not in shown.text
    assert "只能由线索经办人、机关负责人操作" in shown.text
    assert sent.status_code == 409
    assert workbench.story.state() == "dispatched"


@pytest.mark.parametrize(
    "path", ["clue/absorb", "clue/no_such", "no_such/accept", "part/submit/999", "case/report/1"]
)
def test_actions_that_are_nobodys_or_not_there_are_not_found(
    workbench: Workbench, path: str
) -> None:
    number = workbench.walk("register", "dispatch")

    assert workbench.at("handler").get(f"/clues/{number}/do/{path}").status_code == 404


def test_every_form_of_the_tables_can_be_shown(workbench: Workbench) -> None:
    """Whatever its fields: rows, figures, users, offences."""
    number = workbench.walk(*CONCLUDED, "file_case", "case.assign_officers")
    circular = CircularStory(workbench.office, workbench.clock.now)
    circular.does("circular.draft")
    draw = DrawStory(workbench.office, workbench.clock.now)
    draw.begins()
    publication = PublicationStory(workbench.office, workbench.clock.now)
    publication.begins()
    visit = VisitStory(workbench.office, workbench.clock.now)
    visit.begins()
    warning = WarningStory(workbench.office, workbench.clock.now)
    warning.reports(3)
    warning.computes()
    workbench.clock.now = warning.now + timedelta(minutes=1)
    assessment = AssessmentStory(workbench.office, workbench.clock.now)
    assessment.begins()
    breach = BreachStory(workbench.office, workbench.clock.now)
    breach.begins()
    joint = JointStory(workbench.office, workbench.clock.now)
    joint.begins()
    pages = {
        "joint_proceeding": f"/undertakings/{joint.proceeding().no}",
        "breach_record": f"/undertakings/{breach.row().no}",
        "assessment": f"/undertakings/{assessment.row().no}",
        "clue": f"/clues/{number}",
        "circular": f"/undertakings/{circular.circular().no}",
        "draw": f"/undertakings/{draw.draw().no}",
        "publication": f"/undertakings/{publication.publication().no}",
        "visit": f"/undertakings/{visit.visit().no}",
        "risk_warning": f"/undertakings/{warning.warning().no}",
    }
    beginnings = {
        ("breach_record", "record"),
        ("joint_proceeding", "propose"),
        ("clue", "register"),
        ("circular", "draft"),
        ("draw", "prepare"),
    }
    beginnings |= {
        ("assessment", "draw_up"),
        ("publication", "draft"),
        ("visit", "propose"),
        ("visit", "enter_urgent"),
    }
    client, supervisor = workbench.at("handler"), workbench.at("supervisor")

    for kind, lifecycle in workbench.office.rules.lifecycles.items():
        page = pages[lifecycle.root]
        for name, action in lifecycle.actions.items():
            if (kind, name) in beginnings or set(action.by) <= {"consequence", "system"}:
                continue
            who = supervisor if lifecycle.root == "assessment" else client
            answer = who.get(f"{page}/do/{kind}/{name}")
            assert answer.status_code == 200, (kind, name)


def test_tables_grow_without_scripts(workbench: Workbench) -> None:
    number = workbench.walk("register")
    url = f"/clues/{number}/do/clue/split"
    sent = {"f.parts.0.title": "投诉部分", "f.reason": "分别处理", "more": "parts"}

    answer = workbench.at("desk").post(url, data=sent)

    assert answer.text.count('name="f.parts.') > workbench.at("desk").get(url).text.count(
        'name="f.parts.'
    )
    assert 'value="投诉部分"' in answer.text


def _shown_values(page: str) -> dict[str, object]:
    """What a form would send as it is shown: chosen options, ticked boxes, texts."""
    form = page.split('id="action-form"')[1].split("</form>", maxsplit=1)[0]
    found: dict[str, object] = dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="(.*?)"', form)
    )
    for select in re.findall(r"<select.*?</select>", form, re.S):
        name = re.search(r'name="(.*?)"', select)
        chosen = re.search(r'value="([^"]*)" selected', select)
        if name and chosen:
            found[name[1]] = chosen[1]
    for name, value in re.findall(r'name="(f\.\w+)" value="([^"]*)" checked', form):
        found[name] = [*found.get(name, []), value]  # type: ignore[misc]
    for name, text in re.findall(r'<textarea.*?name="(.*?)".*?>(.*?)</textarea>', form, re.S):
        found[name] = text
    return found


def _alert(text: str) -> str:
    found = re.search(r'<div class="alert alert-success[^>]*>(.*?)</div>', text, re.S)
    return found[1] if found else ""
