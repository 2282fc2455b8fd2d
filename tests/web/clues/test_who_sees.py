"""One page tells who sees a clue, how much of it and why, to those who keep or oversee its file."""

import re

from flows.people.user_keeping import Keeper, lock
from tests.helpers.people import CHAIRS, actor
from tests.helpers.story import RECEIVED
from tests.web.conftest import Workbench


def rows(page: str) -> dict[str, str]:
    """By names of people: the rest of their row in plain words."""
    found = {}
    for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", page):
        cells = [re.sub(r"<[^>]+>", "", one) for one in re.split(r"</t[hd]>", row)]
        found[cells[2]] = "|".join(cells)
    return found


def test_everybody_who_may_open_a_clue_is_told_with_the_reason(workbench: Workbench) -> None:
    number = workbench.walk(*RECEIVED)
    lock(Keeper(workbench.office, actor("administrator"), workbench.clock()), "colleague")

    told = rows(workbench.at("handler").get(f"/clues/{number}/sight").text)

    assert told["张经办"] == (
        "示例市市场监督管理局|线索经办人|张经办|本部门是现在的承办部门；本部门参与「转办」；"
        "本部门参与「核查」；本部门参与「涉嫌犯罪案件移送」|线索和全部案卷|"
    )
    assert "「涉嫌犯罪案件移送」送交本部门|只看得到送来的材料" in told["孙警官"]
    assert "督办员可以查看本地区及以下的线索和案卷" in told["吴督办"]
    assert "本部门是登记部门" in told["热小线"]
    people = {one for names in told for one in names.split("、")}
    for chair in CHAIRS.keys() - {"colleague"}:
        opens = workbench.at(chair).get(f"/clues/{number}").status_code == 200
        assert opens == (CHAIRS[chair][0] in people), chair
    assert "李协办" not in people
    assert "吕管理" not in people
    assert workbench.at("desk").get(f"/clues/{number}/sight").status_code == 404
    assert workbench.at("police").get(f"/clues/{number}/sight").status_code == 404
    assert "谁看得到" in workbench.at("supervisor").get(f"/clues/{number}").text
