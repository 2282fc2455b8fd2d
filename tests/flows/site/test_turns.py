"""Who writes without end on SQLite lets others come in between; where nobody waits he goes on."""

import threading
import time
from pathlib import Path

import pytest
from sqlmodel import select

from domain.tables.process import Clue
from flows.imports import order_import
from flows.imports.clerk import Clerk
from flows.rehearsal.work_orders import write_work_orders
from flows.site import store
from flows.site.office import Office
from flows.site.store import let_others_write, transaction
from tests.helpers.moments import at
from tests.helpers.people import actor


def test_who_waits_to_write_begins_before_the_next_of_many(office: Office) -> None:
    """SQLite's waiting writers poll: who begins again at once would win over them every time."""
    began: list[str] = []

    def click() -> None:
        with transaction(office.engine):
            began.append("click")

    other = threading.Thread(target=click)
    with transaction(office.engine):
        other.start()
        time.sleep(0.3)  # by now it looks every tenth of a second
    let_others_write(office.engine)
    with transaction(office.engine):
        began.append("many")
    other.join()

    assert began == ["click", "many"]


def test_nobody_is_waited_for_where_nobody_waits(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(seconds: float) -> None:
        pytest.fail(f"waited {seconds} s for nobody")

    monkeypatch.setattr(store.time, "sleep", never)
    with transaction(office.engine):
        pass

    let_others_write(office.engine)


def test_a_file_of_somebody_elses_stops_no_writer(office: Office) -> None:
    Path(f"{office.engine.url.database}{store.WAITING}").mkdir()

    with transaction(office.engine):
        pass
    let_others_write(office.engine)


def test_clicks_come_in_between_the_portions_of_an_import(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_import, "PORTION", 4)
    total = write_work_orders(tmp_path / "orders.xlsx")
    seen: list[int] = []
    done = threading.Event()

    def click() -> None:
        while not done.is_set():
            with transaction(office.engine) as session:
                seen.append(len(session.exec(select(Clue.id)).all()))
            time.sleep(0.01)

    other = threading.Thread(target=click)
    other.start()
    clerk = Clerk(office, actor("desk"), at("2026-11-20T10:00"))
    result = order_import.import_file(clerk, tmp_path / "orders.xlsx")
    done.set()
    other.join()

    assert result.registered > 20
    between = {one for one in seen if 0 < one < result.registered}
    assert len(between) >= total // 4 // 2


def test_pages_come_together_while_one_transaction_follows_another_and_not_after(
    office: Office,
) -> None:
    """Each is brought to its place once for several of them; a click alone finds few to bring."""

    def waiting(*, is_followed: bool) -> int:
        with transaction(office.engine, is_followed=is_followed) as session:
            told = session.connection().exec_driver_sql("PRAGMA wal_autocheckpoint")
            return int(told.scalar_one())

    assert waiting(is_followed=False) == 1_000
    assert waiting(is_followed=True) == waiting(is_followed=True) == 8_000
    assert waiting(is_followed=False) == 1_000
