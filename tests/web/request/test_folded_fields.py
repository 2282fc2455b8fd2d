"""Fields that only some cases need, in a browser: folded away, back when asked for, never lost."""

import pytest

from tests.helpers.story import IN_CASE
from tests.helpers.wanted import needs_browser
from tests.web.helpers.browsing import Site

pytestmark = [pytest.mark.slow, needs_browser]
REASON = '[name="f.lowering_reason"]'


def _form(site: Site) -> str:
    site.workbench.story.walk(*IN_CASE)
    site.workbench.story.does("case.record_facts", quantities={"sales_amount": "180000"})
    number = site.workbench.walk()
    case = site.workbench.story.processes("case")[-1]
    return f"/clues/{number}/do/case/record_facts/{case.id}"


def test_a_correction_below_a_threshold_brings_its_two_fields(site: Site) -> None:
    address = _form(site)
    with site.at("handler") as handler:
        handler.open(address)
        reason = handler.page.locator(REASON)
        handler.sees("现在不需要填写：更正后不再达到涉嫌犯罪标准的理由、更正依据的证据")
        assert not reason.is_visible()

        handler.page.locator('[name="f.facts_found"]').fill("复核进货单据，销售金额有误")
        handler.page.locator('[name="f.offender"]').first.check()
        handler.page.locator('[name="f.quantities.0.kind"]').select_option("sales_amount")
        handler.page.locator('[name="f.quantities.0.amount"]').fill("1800")

        reason.wait_for()
        reason.fill("重复计入一张单据")
        handler.page.locator('[name="f.quantities.0.amount"]').fill("180000")
        handler.page.wait_for_timeout(1500)
        assert reason.is_visible()


def test_what_is_folded_away_may_be_filled_in_all_the_same(site: Site) -> None:
    address = _form(site)
    with site.at("handler") as handler:
        handler.open(address)
        handler.click("button", "仍要填写这2项")
        handler.page.locator(REASON).fill("另有说明")
        assert handler.page.locator('[name="f.lowering_evidence"]').is_visible()
    with site.at("handler", scripts=False) as handler:
        handler.open(address)
        assert handler.page.locator(REASON).is_visible()
