"""A double click makes one paper: a form is carried out once, and each bears its own number."""

import re

import pytest
from sqlmodel import SQLModel, func, select

from domain.tables.clue_note import ClueNote
from domain.tables.process import Clue, Process
from domain.tables.session import SentForm
from flows.reminders.daily_tasks import daily
from flows.site.store import reading, transaction
from tests.helpers.filled_forms import filled
from tests.web.conftest import Workbench
from tests.web.helpers.browser_form import Sent, as_sent
from web.request.sent_once import FIELD

FORMS = {
    "/clues/new": ("desk", "clue", "register", Clue),
    "/clues/XS2026000001/do/request/ask": ("handler", "request", "ask", Process),
    "/clues/XS2026000001/do/supervision/urge": ("supervisor", "supervision", "urge", Process),
}


def rows(workbench: Workbench, table: type[SQLModel]) -> int:
    with reading(workbench.office.engine) as session:
        return session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.parametrize("path", FORMS)
def test_the_same_form_sent_twice_is_done_once(workbench: Workbench, path: str) -> None:
    workbench.walk("register", "dispatch", "accept", "verify")
    chair, kind, action, table = FORMS[path]
    client = workbench.at(chair)
    fields = workbench.office.rules.lifecycles[kind].actions[action].form
    values = as_sent(fields, filled(kind, action, workbench.clock()))
    first, other = (_shown(client.get(path).text) for _ in range(2))
    before = rows(workbench, table)

    answers = [client.post(path, data={**values, **first}) for _ in range(3)]

    assert [one.status_code for one in answers] == [303] * 3, answers[0].text[-1500:]
    assert len({one.headers["location"] for one in answers}) == 1, "told what came of the first"
    assert rows(workbench, table) == before + 1
    again = client.post(path, data={**values, **other})
    assert again.status_code == 303
    assert rows(workbench, table) == before + 2, "another form is another wish"
    workbench.clock.pass_(days=4)
    daily(workbench.office, workbench.clock())
    assert rows(workbench, SentForm) == 0


def test_other_forms_are_carried_out_once_as_well_and_again_where_nothing_came_of_them(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = workbench.walk("register", "dispatch", "accept")
    client, path = workbench.at("handler"), f"/clues/{number}/notes"
    told = [_number(client.get(path).text, path) for _ in range(3)]

    answers = [client.post(path, data={"text": "请看", FIELD: told[0]}) for _ in range(2)]

    assert [one.headers["location"] for one in answers] == [path] * 2
    assert rows(workbench, ClueNote) == 1
    assert client.post(path, data={"text": " ", FIELD: told[1]}).status_code == 422
    assert client.post(path, data={"text": "再看", FIELD: told[1]}).status_code == 303
    assert rows(workbench, ClueNote) == 2, "the form that was shown again"
    # One that is still under way is waited for, and told of where it does not end.
    with transaction(workbench.office.engine) as session:
        session.add(SentForm(user_id="handler", nonce=told[2], sent_at=workbench.clock()))
    monkeypatch.setattr("web.request.sent_once.LOOKS", 1)
    late = client.post(path, data={"text": "三看", FIELD: told[2]})
    assert late.status_code == 409 and "没有再办一次" in late.text
    assert rows(workbench, ClueNote) == 2


def _number(page: str, action: str) -> str:
    form = page[page.index(f'action="{action}"') :]
    found = re.search(rf'name="{FIELD}" value="([^"]+)"', form)
    assert found
    return found[1]


def _shown(page: str) -> Sent:
    hidden = dict(re.findall(r'name="(version|nonce)" value="([^"]+)"', page))
    assert set(hidden) == {"version", "nonce"}
    return hidden
