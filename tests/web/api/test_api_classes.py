"""Credit classes over the interface: pushed by rows with each one's fate, taken on record."""

from pathlib import Path

from sqlmodel import Session, select

from domain.tables.record import Event
from flows.rosters.class_list import TAKEN
from tests.helpers.inspections.draws import fill_rosters
from tests.helpers.rosters import code_of
from tests.web.conftest import Workbench
from tests.web.helpers.callers import token

PATH = "/api/v1/credit-classes"


def test_classes_are_pushed_and_taken_by_those_who_may_and_nobody_else(
    workbench: Workbench, tmp_path: Path
) -> None:
    """鲁政办发〔2023〕14号三（三）第14项: evaluations are pushed each quarter."""
    fill_rosters(workbench.office, tmp_path)
    client = workbench.nobody()
    key = {"Authorization": f"Bearer {token(workbench, 'supervisor').secret}"}
    rows = [
        {"credit_code": code_of(0), "grade": "D", "grade_day": "2026-05-01"},
        {"credit_code": code_of(1), "grade": "F", "grade_day": "2026-05-01"},
        {"credit_code": code_of(99), "grade": "A", "grade_day": "2026-05-01"},
    ]
    pushed = client.post(PATH, json=rows, headers={**key, "Idempotency-Key": "q2"})
    assert pushed.status_code == 200, pushed.text
    told = pushed.json()
    assert (told["changed"], told["aside"]) == (1, 2)
    assert "应为A、B、C、D、E之一" in told["rows"][1]["errors"][0]
    assert "本地区的监管名录中没有这个对象" in told["rows"][2]["errors"][0]
    again = client.post(PATH, json=rows, headers={**key, "Idempotency-Key": "q2"})
    assert again.headers["Idempotency-Replayed"] == "true"
    [one] = client.get(PATH, headers=key).json()["items"]
    assert (one["credit_code"], one["grade"], one["is_used"]) == (code_of(0), "D", True)
    with Session(workbench.office.engine) as session:
        assert (
            session.exec(select(Event).where(Event.action == TAKEN)).one().actor_id == "supervisor"
        )

    handler = {"Authorization": f"Bearer {token(workbench, 'handler').secret}"}
    assert client.get(PATH, headers=handler).status_code == 403
    assert client.post(PATH, json=rows, headers=handler).status_code == 403
    assert client.post(PATH, json=[{"grade": "A"}], headers=key).status_code == 422
