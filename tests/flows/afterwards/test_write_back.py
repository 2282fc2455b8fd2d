"""What the 12345 platform is told: by file or by HTTP, once, and only when it took it."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pydantic import SecretStr

from flows.afterwards.outbox import Later, claim
from flows.afterwards.outside_rests import RESTS
from flows.afterwards.write_back import (
    FileAdapter,
    HttpAdapter,
    WriteBackRefused,
    adapter_for,
    write_back,
)
from flows.site.settings import Settings
from tests.helpers.by_hand import do, work_off
from tests.helpers.story import ACCEPTED, Story

SAID = {"at": "2026-05-11T10:00:00+08:00", "order": "GD1"}


def lines(home: Path) -> list[dict[str, object]]:
    paths = sorted((home / "write-back").glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


@dataclass
class Platform:
    """A 12345 platform that keeps what it hears and answers as told."""

    answers: list[int] = field(default_factory=list)
    heard: list[tuple[dict[str, str], dict[str, object]]] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def platform() -> Iterator[Platform]:
    found = Platform()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.heard.append((dict(self.headers), json.loads(body)))
            self.send_response(found.answers.pop(0) if found.answers else 200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the test listens itself."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}/orders"
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_platform_hears_of_dispatch_and_of_the_result(story: Story):
    story.does("register", outside_no="GD20260511001")
    story.walk(*ACCEPTED[1:], "verify")
    story.does("conclude", finding="unfounded")
    story.does("dismiss", result="经核查，所反映问题不属实")

    work_off(story)

    first, last = lines(story.office.settings.home)
    assert (first["order"], first["action"], first["state_label"]) == (
        "GD20260511001",
        "dispatch",
        "已转办待签收",
    )
    assert first["lead"] == "示例市市场监督管理局"
    assert last["result"] == "经核查，所反映问题不属实"
    assert last["sequence"] > first["sequence"]


def test_a_line_tells_the_state_at_its_own_step_however_late_it_is_sent(story: Story):
    story.does("register", outside_no="GD1")
    story.walk("dispatch", "accept", "verify")

    work_off(story)

    assert [one["state"] for one in lines(story.office.settings.home)] == ["dispatched"]


def test_a_merged_order_is_told_where_it_went(story: Story):
    story.does("register")
    master = story.row().no
    story.does("register", outside_no="GD2")
    story.does("merge", master=master, new_facts="none_new")

    work_off(story)

    assert lines(story.office.settings.home)[-1]["merged_into"] == master


def test_a_longer_reply_tells_the_new_day(story: Story):
    story.does("register", outside_no="GD3")
    story.walk("dispatch", "accept", "extend_reply")

    work_off(story)

    due = story.running(story.office.region.reply_clock).due_at
    assert lines(story.office.settings.home)[-1]["due"][:10] == f"{due.astimezone():%Y-%m-%d}"


def test_a_clue_of_another_channel_has_nobody_to_tell(story: Story):
    story.does("register", channel="media", outside_no="M1")
    story.walk("dispatch", "accept", "verify")
    story.does("conclude", finding="unfounded")
    story.does("dismiss")

    work_off(story)

    assert lines(story.office.settings.home) == []


def test_nothing_about_the_reporter_leaves_the_house(story: Story):
    story.does("register", outside_no="GD4", reporter_name="刘小民", reporter_phone="13800001234")
    story.does("dispatch")

    work_off(story)

    told = json.dumps(lines(story.office.settings.home), ensure_ascii=False)
    assert "刘小民" not in told and "13800001234" not in told


# --- the file ------------------------------------------------------------------------------------


def test_the_same_key_is_written_once(tmp_path: Path):
    for _ in range(3):
        FileAdapter(tmp_path / "write-back").send("XS1-7", SAID)

    assert [one["key"] for one in lines(tmp_path)] == ["XS1-7"]


def test_a_line_cut_off_by_a_crash_spoils_no_other(tmp_path: Path):
    adapter = FileAdapter(tmp_path)
    adapter.send("XS1-1", SAID)
    path = tmp_path / "2026-05-11.jsonl"
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"key":"XS1-2","at":"2026')

    adapter.send("XS1-2", SAID)
    adapter.send("XS1-1", SAID)

    first, cut, whole = path.read_text("utf-8").splitlines()
    assert json.loads(first)["key"] == "XS1-1"
    assert json.loads(whole)["key"] == "XS1-2"
    assert not cut.endswith("}")


def test_a_file_that_was_fetched_and_removed_begins_anew(tmp_path: Path):
    adapter = FileAdapter(tmp_path)
    adapter.send("XS1-1", SAID)
    (tmp_path / "2026-05-11.jsonl").unlink()

    adapter.send("XS1-2", SAID)

    assert json.loads((tmp_path / "2026-05-11.jsonl").read_text("utf-8"))["key"] == "XS1-2"


# --- HTTP ----------------------------------------------------------------------------------------


def test_http_is_used_where_an_address_is_set(platform: Platform):
    settings = Settings(write_back_url=platform.url, write_back_token=SecretStr("geheim"))

    adapter_for(settings).send("XS1-1", SAID)

    [(headers, body)] = platform.heard
    assert headers["Authorization"] == "Bearer geheim"
    assert headers["Idempotency-Key"] == "XS1-1"
    assert body["order"] == "GD1"
    assert isinstance(adapter_for(Settings()), FileAdapter)


def test_only_a_2xx_answer_is_a_delivery(platform: Platform):
    for answer in (302, 404, 503):
        platform.answers = [answer]
        with pytest.raises(WriteBackRefused, match=str(answer)):
            HttpAdapter(platform.url).send("XS1-1", SAID)


def test_a_repeated_delivery_bears_the_same_key(story: Story, platform: Platform):
    settings = story.office.settings.model_copy(update={"write_back_url": platform.url})
    office = replace(story.office, settings=settings)
    story.does("register", outside_no="GD5")
    story.does("dispatch")
    [job] = [one for one in claim(office, story.now, "w") if one.task == "write_back"]
    platform.answers = [503]

    with pytest.raises(WriteBackRefused):
        write_back(office, job, story.now)
    do(office, job, story.now)

    keys = [headers["Idempotency-Key"] for headers, _ in platform.heard]
    assert keys == [job.key, job.key]


def test_a_platform_that_fails_rests_and_is_tried_again(story: Story, platform: Platform):
    """While it rests nothing is sent, and no attempt is counted against anybody's row."""
    settings = story.office.settings.model_copy(update={"write_back_url": platform.url})
    office = replace(story.office, settings=settings)
    story.does("register", outside_no="GD6")
    story.does("dispatch")
    [job] = [one for one in claim(office, story.now, "w") if one.task == "write_back"]
    platform.answers = [503, 503]
    for _ in range(2):
        with pytest.raises(WriteBackRefused):
            write_back(office, job, story.now)

    assert write_back(office, job, story.now) == Later(story.now + RESTS[0])
    assert len(platform.heard) == 2
    assert write_back(office, job, story.now + RESTS[0]) is None
    assert write_back(office, job, story.now + RESTS[0]) is None
    assert len(platform.heard) == 4


def test_an_order_that_is_refused_stops_no_other(story: Story, platform: Platform):
    settings = story.office.settings.model_copy(update={"write_back_url": platform.url})
    office = replace(story.office, settings=settings)
    story.does("register", outside_no="GD7")
    story.does("dispatch")
    [job] = [one for one in claim(office, story.now, "w") if one.task == "write_back"]
    platform.answers = [422, 422, 422]

    for _ in range(3):
        with pytest.raises(WriteBackRefused):
            write_back(office, job, story.now)

    assert len(platform.heard) == 3
