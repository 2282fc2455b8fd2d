"""What a form offers in a browser: looked up as one types, and only what the answers leave."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.helpers.inspections.draws import fill_rosters
from tests.helpers.inspections.publications import PublicationStory
from tests.helpers.rosters import code_of
from tests.helpers.wanted import needs_browser
from tests.web.helpers.browsing import Site

pytestmark = [pytest.mark.slow, needs_browser]


def test_a_subject_beyond_the_first_hundred_is_found_by_typing(site: Site, tmp_path: Path) -> None:
    fill_rosters(site.workbench.office, tmp_path, firms=120)
    last = f'option[value="{code_of(99)}"]'
    with site.at("handler") as handler:
        handler.open("/visits/new")
        box = handler.page.locator("#f-object")
        handler.sees("本地区名录共120个对象，这里先列出按名称排列的前100个")
        assert handler.page.locator(last).count() == 0

        box.press_sequentially("99号")
        handler.sees("符合的1个。")
        assert handler.page.locator(f"#f-object-list {last}").count() == 1

        box.fill(code_of(99))
        handler.sees("已选：示例市99号餐饮有限公司。")
        box.fill("没有这一家")
        handler.sees("名录中没有名称、代码符合的对象。")


def test_only_who_settles_the_chosen_question_can_be_picked(site: Site) -> None:
    story = PublicationStory(site.workbench.office, site.workbench.clock.now)
    for step in ("publication.draft", "publication.consult", "publication_opinion.object"):
        story.does(step)
    site.workbench.clock.now = story.now + timedelta(minutes=1)
    address = "/undertakings/GB2026000001/do/publication/refer"
    with site.at("handler") as handler:
        handler.open(address)
        organs = handler.page.locator('#f-arbiters input[type="checkbox"]:visible')
        assert organs.count() == 0
        for question, organ in (("duties", "staffing"), ("enforcement", "justice")):
            handler.page.locator(f'[name="f.question"][value="{question}"]').check()
            assert [one.get_attribute("value") for one in organs.all()] == [f"shili-{organ}"]
            organs.first.check()
        handler.confirms()
    ruling = story.processes("publication_ruling")
    assert [one.department_id for one in ruling] == ["shili-justice"]
