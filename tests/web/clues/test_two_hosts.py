"""A site on two hosts: what one was given, the other finds, whatever lies in their own homes."""

import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from documents.output.exchange import Exchange
from documents.output.shelf import Shelf
from domain.situation.situation import CHINA
from flows.afterwards.write_back import adapter_for
from flows.imports.uploads import forget_uploads
from flows.site.office import Office
from tests.helpers.by_hand import work_off
from tests.helpers.office import open_test_office
from tests.helpers.story import ACCEPTED
from tests.web.conftest import Workbench

TITLE = "工单编号,来电时间,诉求标题,诉求内容\n"
ROWS = f"{TITLE}SL1,2026-05-10 08:00,示例路油烟,示例路1号餐馆油烟扰民\nSL2,昨天,无,无\n"


@pytest.fixture(params=["folder", "store"])
def hosts(
    request: pytest.FixtureRequest, workbench: Workbench, tmp_path: Path
) -> tuple[Workbench, Workbench]:
    """Two hosts of one database and one shelf; they share a folder, or a store of objects."""
    shared = {"folder": str(tmp_path / "shared"), "store": f"memory://{tmp_path.name}"}
    first = workbench.office
    keys, where = first.settings.keys, first.settings.database

    def host(office: Office, name: str) -> Office:
        home = tmp_path / name
        home.mkdir()
        update = {
            "home": home,
            "database_url": where,
            "shelf_url": str(tmp_path / "shelf"),
            "key_file": keys,
            "exchange_url": shared[request.param],
        }
        settings = office.settings.model_copy(update=update)
        return replace(office, settings=settings, shelf=Shelf(settings.shelf, office.keys))

    one = host(first, "one")
    other = host(open_test_office(first.settings.home), "other")
    workbench.story.office = one
    return replace(workbench, office=one), replace(workbench, office=other)


def files(home: Path) -> list[Path]:
    """What lies in a host's own home."""
    return [one for one in home.rglob("*") if one.is_file()]


def test_an_import_uploaded_at_one_host_is_worked_and_told_at_the_other(
    hosts: tuple[Workbench, Workbench],
) -> None:
    one, other = hosts
    one.clock.now = datetime(2026, 5, 11, 9, 0, tzinfo=CHINA)
    sent = one.at("desk").post("/clues/import", files={"file": ("工单.csv", ROWS.encode())})
    found = re.search(r'action="(/clues/import/([0-9a-f]{32}))"', sent.text)
    assert found
    waiting = f"uploads/desk/{found[2]}.csv"
    kept = one.office.exchange.get(waiting)
    assert "油烟扰民".encode() in kept
    lies = Exchange(one.office.settings.exchange).get(waiting)
    assert "油烟扰民".encode() not in lies, "sealed outside the home"

    assert other.at("desk").post(found[1], data={"name": "工单.csv"}).status_code == 303

    for host in hosts:
        client = host.at("desk")
        assert "登记<strong>1</strong>条" in client.get(found[1]).text
        assert "昨天" in client.get(f"{found[1]}/rejected").content.decode()
        assert files(host.office.settings.home) == []
    assert other.office.exchange.get(waiting) == b""
    forget_uploads(one.office)
    assert one.office.exchange.has(waiting), "within the hour"


def test_write_backs_of_two_hosts_are_one_days_file_for_each(
    hosts: tuple[Workbench, Workbench],
) -> None:
    one, other = hosts
    one.story.does("register", outside_no="GD1")
    one.story.walk(*ACCEPTED[1:], "verify")
    one.clock.now = one.story.now
    work_off(one.story)
    name = "2026-05-11.jsonl"
    [first] = other.at("desk").get(f"/write-backs/files/{name}").content.splitlines()
    content = {**json.loads(first), "key": "again", "sequence": 99}

    for _ in range(2):
        adapter_for(other.office.settings).send("again", content)

    for host in hosts:
        client = host.at("desk")
        assert name in client.get("/write-backs").text
        assert len(client.get(f"/write-backs/files/{name}").content.splitlines()) == 2
        assert files(host.office.settings.home) == []
