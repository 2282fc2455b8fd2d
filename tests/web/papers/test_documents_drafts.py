"""The documents of an action, read before it is done."""

from tests.helpers.filled_forms import filled
from tests.helpers.story import CONCLUDED
from tests.web.conftest import Workbench
from tests.web.helpers.browser_form import as_sent


def test_a_form_offers_its_papers_where_it_issues_any(workbench: Workbench) -> None:
    number = workbench.walk("register")
    desk = workbench.at("desk")

    assert f'formaction="/clues/{number}/do/clue/dispatch/papers"' in (
        desk.get(f"/clues/{number}/do/clue/dispatch").text
    )
    assert "预览将制发的文书" not in desk.get("/clues/new").text


def test_papers_are_read_with_what_is_typed_and_nothing_is_issued(workbench: Workbench) -> None:
    number = workbench.walk("register")
    desk = workbench.at("desk")
    fields = workbench.office.rules.lifecycles["clue"].actions["dispatch"].form
    values = as_sent(fields, filled("clue", "dispatch", workbench.clock()))
    before = len(workbench.story.papers())

    text = desk.post(f"/clues/{number}/do/clue/dispatch/papers", data=values).text

    assert text.count("预览，未编号") >= 2
    assert "线索转办单" in text
    assert "（待编号）" in text
    assert "事实齐全" in text
    assert "<mark>" not in text
    assert len(workbench.story.papers()) == before


def test_what_is_lacking_is_named_with_who_supplies_it(workbench: Workbench) -> None:
    number = workbench.walk(*CONCLUDED, "refer")
    [referral] = workbench.story.processes("referral")
    principal = workbench.at("principal")

    text = principal.get(f"/clues/{number}/do/referral/approve/{referral.id}/papers").text

    assert "还缺这些事实，补齐后才能制发" in text
    assert "<mark>【待补：" in text
    assert "中填写" in text


def test_who_may_not_act_reads_why_and_no_paper(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")

    own = workbench.at("handler").get(f"/clues/{number}/do/clue/close/papers").text
    other = workbench.at("health").get(f"/clues/{number}/do/clue/close/papers")

    assert "现在不能" in own
    assert "预览，未编号" not in own
    assert other.status_code == 404
