"""A long list to choose from, in a browser: found by a word, by keyboard alone, without scripts."""

import pytest

from tests.helpers.story import IN_CASE
from tests.helpers.wanted import needs_browser
from tests.web.helpers.browsing import Site

pytestmark = [pytest.mark.slow, needs_browser]
LEAD = 'select[name="f.lead"]'


def test_a_department_is_found_by_a_word_and_chosen_by_keyboard_alone(site: Site) -> None:
    number = site.workbench.walk("register")
    with site.at("desk") as desk:
        desk.open(f"/clues/{number}/do/clue/dispatch")
        box = desk.page.get_by_role("combobox", name="主办部门")
        box.focus()
        box.press_sequentially("县 卫生")
        assert box.get_attribute("aria-expanded") == "true"
        active = box.get_attribute("aria-activedescendant") or ""
        assert desk.page.locator(f"#{active}").get_attribute("aria-selected") == "true"
        box.press("Enter")

        assert box.input_value() == "示例县卫生健康局"
        assert desk.page.locator(LEAD).input_value() == "shixian-health"
        assert box.get_attribute("aria-expanded") == "false"

        box.fill("没有这样的部门")
        desk.sees("没有符合的选项")
        box.press("Escape")
        assert box.input_value() == "示例县卫生健康局"


def test_words_that_fit_nothing_leave_the_choice_and_a_blank_takes_it_back(site: Site) -> None:
    site.workbench.walk("register")
    with site.at("desk") as desk:
        desk.open("/clues")
        box = desk.page.get_by_role("combobox", name="所在部门")
        chosen = desk.page.locator('select[name="department"]')
        box.fill("示例市卫生")
        box.press("Tab")
        assert chosen.input_value() == "shili-health"

        box.fill("哪里都没有")
        box.press("Tab")
        assert chosen.input_value() == "shili-health"
        assert box.input_value() == "示例市卫生健康委员会"

        box.fill("")
        box.press("Tab")
        assert chosen.input_value() == ""


def test_without_scripts_it_is_a_list_as_any_other(site: Site) -> None:
    site.workbench.walk("register")
    with site.at("desk", scripts=False) as desk:
        desk.open("/clues")

        desk.page.locator("#by-department").select_option("shili-health")
        desk.click("button", "筛选")

        desk.sees("所在部门：示例市卫生健康委员会")
        assert desk.page.get_by_role("combobox", name="所在部门").count() == 1


def test_a_long_list_in_a_row_that_was_added_takes_words_too(site: Site) -> None:
    number = site.workbench.walk(*IN_CASE)
    with site.at("handler") as handler:
        handler.open(f"/clues/{number}/do/case/record_facts")
        amounts = handler.page.locator("#f-quantities")
        amounts.get_by_role("button", name="增加一行").click()
        boxes = amounts.get_by_role("combobox")
        boxes.last.fill("销售金额")
        boxes.last.press("Enter")
        rows = amounts.locator("tbody tr")

        assert boxes.count() == rows.count()
        assert amounts.locator("select").last.input_value() == "sales_amount"
        assert amounts.locator("select").first.input_value() == ""
