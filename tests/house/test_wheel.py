"""The wheel carries all that the product reads, and works in a folder that has nothing."""

import re
import signal
import socket
import sqlite3
import subprocess
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import httpx
import pytest

from domain.shapes.data_folders import IN_A_CHECKOUT
from tests.helpers.installation import ROOT, Installation, install, tracked

pytestmark = pytest.mark.slow
ROOMS = ("domain/", "documents/", "flows/", "web/", "cli/")
LONGEST_START = 180.0
ORDERS = (
    "工单编号,来电时间,来电人,联系电话,工单标题,诉求内容,被反映单位\n"
    "SL1,2026-09-21 09:12,林小满,13800000001,卖过期奶,超市销售过期食品和酸奶,鑫源超市有限公司\n"
)
PASSWORD = "a-long-passphrase-of-hers"
DESK = ("shili-hotline", "intake_clerk")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install(tmp_path_factory.mktemp("elsewhere"))


def test_no_file_is_forgotten_and_none_is_carried_in_vain(installed: Installation) -> None:
    with ZipFile(installed.wheel) as wheel:
        carried = {one for one in wheel.namelist() if ".dist-info/" not in one}

    assert carried == {found for one in tracked() if (found := _place(one))}
    assert {f"{room}py.typed" for room in ROOMS} <= carried


def _place(name: str) -> str:
    """Where the wheel has a file of the checkout; empty for one that stays at home."""
    if name.startswith(ROOMS):
        return name
    for target, folder in IN_A_CHECKOUT.items():
        if name.startswith(f"{folder}/") and not name.endswith(".py"):
            return f"yisong_data/{target}{name.removeprefix(folder)}"
    return ""


def test_the_wheel_names_its_licence_and_the_archive_is_the_whole_checkout(
    installed: Installation,
) -> None:
    with ZipFile(installed.wheel) as wheel:
        about = f"yisong-{version('yisong')}.dist-info"
        licence = wheel.read(f"{about}/licenses/LICENSE")
        metadata = wheel.read(f"{about}/METADATA").decode()
    with tarfile.open(installed.source) as archive:
        names = {one.name.partition("/")[2] for one in archive.getmembers() if one.isfile()}

    assert licence == (ROOT / "LICENSE").read_bytes()
    assert "License-Expression: Apache-2.0" in metadata
    assert names == {*tracked(), "PKG-INFO"}


def test_commands_that_only_read_work_in_an_empty_folder(installed: Installation) -> None:
    drawn = ("--out", "drawn.md")

    assert "移送：问题线索转办与行刑衔接" in installed.yisong("--help")
    assert version("yisong") in installed.yisong("--version")
    assert "规则库无误" in installed.yisong("check")
    installed.yisong("rules", "draw", *drawn)
    assert "drawn.md 是最新的" in installed.yisong("rules", "draw", "--check", *drawn)
    lifecycle = (ROOT / "docs" / "lifecycle.md").read_bytes()
    assert (installed.here / "drawn.md").read_bytes() == lifecycle


@pytest.mark.flow
def test_an_order_becomes_a_clue_a_document_and_pages(installed: Installation) -> None:
    site = ("--home", "site")
    before = installed.files()
    (installed.here / "orders.csv").write_text(ORDERS, encoding="utf-8")
    organ, chair = DESK
    person = ("--name", "温绍安", "--department", organ, "--role", chair)

    installed.yisong(*site, "user", "add", "wen", *person)
    installed.yisong(*site, "user", "password", "wen", typed=f"{PASSWORD}\n{PASSWORD}\n")
    taken_in = installed.yisong(*site, "intake", "orders.csv", "--channel", "12345", "--as", "wen")
    [number] = re.findall(r"XS\d{10}", installed.yisong(*site, "show", "SL1").partition("\n")[0])
    form = ("--set", "lead=shili-market", "--set", "reason=属市场监管职责")
    sent = installed.yisong(*site, "do", number, "dispatch", "--as", "wen", *form)

    assert "登记1条" in taken_in
    assert "《线索转办单》" in sent
    assert _papers(installed.here / "site" / "yisong.sqlite3") == 2
    check_pages(installed, number)
    assert installed.files() == before


def _papers(database: Path) -> int:
    """How many documents lie with their rows, each a Word file."""
    with sqlite3.connect(database) as connection:
        found = connection.execute("SELECT content FROM document_bytes").fetchall()
    connection.close()
    return sum(is_zipfile(BytesIO(content)) for (content,) in found)


def check_pages(installed: Installation, number: str) -> None:
    """The workbench with several processes, its manual, and Prefect beside it."""
    with _served(installed, "--workers", "2") as client:
        sign_in = client.get("/signin").text
        styles = re.findall(r'(/static/[^"]+\.(?:css|js))"', sign_in)
        assert {client.get(one).status_code for one in styles} == {200}
        assert any("yisong.css" in one for one in styles)
        entered = client.post("/signin", data={"account": "wen", "password": PASSWORD})
        assert entered.status_code == 303
        assert "卖过期奶" in client.get(f"/clues/{number}").text
        assert "签收" in client.get("/help/handler").text
        assert client.get("/help/pictures/sign-in.jpg").content.startswith(b"\xff\xd8")
        _wait_for(installed.here / "site" / "prefect" / "server.bound")


@contextmanager
def _served(installed: Installation, *options: str) -> Iterator[httpx.Client]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    words = (installed.command, "--home", "site", "serve", "--port", port, *options)
    process = subprocess.Popen(
        words, cwd=installed.here, env=installed.variables, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    own = {"Sec-Fetch-Site": "same-origin"}
    try:
        with httpx.Client(base_url=address, headers=own, timeout=60) as client:
            _wait_until_open(client)
            yield client
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(LONGEST_START)


def _wait_until_open(client: httpx.Client) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        try:
            client.get("/signin")
        except httpx.ConnectError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the workbench does not answer")


def _wait_for(file: Path) -> None:
    """Prefect's server, started from the wheel, holds its port."""
    until = time.monotonic() + LONGEST_START
    while not file.exists():
        assert time.monotonic() < until, f"{file} is not there"
        time.sleep(0.5)


def test_an_installation_that_is_not_whole_says_so(installed: Installation) -> None:
    carried, hidden = installed.packages / "yisong_data", installed.here / "hidden"
    (carried / "templates").rename(hidden)
    try:
        done = subprocess.run(
            [installed.command, "check"], env=installed.variables, capture_output=True, check=False
        )
    finally:
        hidden.rename(carried / "templates")

    assert done.returncode == 2
    told = done.stderr.decode()
    assert told.startswith("错误：没有「")
    assert "请重新安装 yisong" in told
    assert "Traceback" not in told
