"""The flows against a Prefect server: named by clue, tagged by stage, each follow-up alone."""

import asyncio
import threading
from collections.abc import Mapping
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path

import pytest
from prefect import get_client
from prefect.client.schemas.objects import FlowRun

from domain.tables.work import FollowUp
from flows.afterwards.schedule_log import ticks
from flows.deployments import register
from flows.followups import Drained, drain, work_off
from flows.running.prefect_server import ChildServer
from flows.running.server_demands import KEEPS, OPEN, demands
from flows.running.step_reading import read_steps
from flows.schedule import Schedule
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.site.workplace import workplace
from flows.supervision import every_day, post, remind
from flows.systems.webhooks import WebhookWish, subscribe
from tests.helpers.by_hand import follow_ups, inbox
from tests.helpers.people import actor
from tests.helpers.story import Story

pytestmark = [
    pytest.mark.flow,
    pytest.mark.usefixtures("prefect_server"),
    # Prefect's own server and client, not this project.
    pytest.mark.filterwarnings("ignore"),
]
LOOKS = 240
"""Looks, half a second apart, in which a busy server has stored what it was told."""


def drained(story: Story) -> Drained:
    with workplace(story.office):
        return asyncio.run(work_off(story.now))


async def told_of(clue_no: str) -> tuple[FlowRun, list[object]]:
    """The newest flow run, and what is told of a clue's follow-ups once it is stored."""
    async with get_client() as client:
        runs = await client.read_flow_runs()
    for _ in range(LOOKS):
        if found := [one.payload["work"] for one in await read_steps(clue_no)]:
            break
        await asyncio.sleep(0.5)
    return max(runs, key=lambda one: str(one.created)), found


def test_a_dispatch_is_followed_up_and_seen_by_the_number_of_its_clue(story: Story):
    story.does("register", outside_no="GD1")
    story.does("dispatch")

    result = drained(story)

    run, told = asyncio.run(told_of(story.row().no))
    assert result.done == {"transfer": 2}
    assert (run.name, run.tags) == ("转办 送达文书×1、回写12345×1", ["stage:transfer"])
    assert run.parameters["jobs"] == {"deliver_letter": 1, "write_back": 1}
    assert sorted(map(str, told)) == ["回写12345", "送达文书"]
    assert len(inbox(story, "letter")) == 1
    assert list((story.office.settings.home / "write-back").glob("*.jsonl"))


def test_one_failing_follow_up_stops_no_other(story: Story):
    story.does("register", outside_no="GD2")
    story.does("dispatch")
    with transaction(story.office.engine) as session:
        broken = session.get_one(FollowUp, follow_ups(story, "deliver_letter")[0].id)
        broken.payload = {"action": "unheard_of"}

    result = drained(story)

    assert (result.done, result.failed) == ({"transfer": 1}, {"transfer": 1})
    [row] = follow_ups(story, "deliver_letter")
    assert row.done_at is None and row.not_before > story.now
    assert "unheard_of" in (row.last_error or "")


def test_a_passing_fault_is_tried_again_in_the_same_run(story: Story):
    answers = [503, 200]

    class Platform(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(answers.pop(0))
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Platform)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    story.office.settings.write_back_url = f"http://127.0.0.1:{server.server_port}"
    story.does("register", outside_no="GD3")
    story.does("dispatch")

    result = drained(story)
    server.shutdown()
    server.server_close()

    assert result.done == {"transfer": 2}
    assert answers == []


def test_reminders_mail_and_daily_matters_run_as_flows(story: Story, tmp_path: Path):
    story.walk("register", "dispatch")
    story.waits_until("2026-05-13T10:00")

    with workplace(story.office):
        swept = asyncio.run(remind(story.now))
        mailed = asyncio.run(post(story.now))
        done = asyncio.run(every_day(story.now))
        drained = asyncio.run(drain(story.now))

    assert swept.endswith("视为签收1件")
    assert mailed.startswith("发出邮件0封")
    assert done == "重新计算期限0个，放假安排提醒0条"
    with reading(story.office.engine) as session:
        noted = {one.name: one.words for one in ticks(session)}
    assert noted["follow_up"] == drained
    assert set(noted) == {"prefect", "follow_up", "remind", "post", "every_day"}
    assert story.state() == "accepted"


class Answering:
    """A Prefect server that answers or not, as told."""

    api_url = ""

    def __init__(self, answers: bool) -> None:
        self.answers = answers

    def start(self) -> None:
        """Nothing."""

    def keep_up(self) -> bool:
        return self.answers

    def environment(self) -> Mapping[str, str]:
        return {}

    def stop(self) -> None:
        """Nothing."""


def test_while_prefect_is_down_rows_wait_and_the_status_says_so(office: Office):
    story = Story(office)
    story.walk("register", "dispatch")
    schedule = Schedule(office, Answering(False))

    assert schedule.follow_up() == ""
    waiting = schedule.standing()
    schedule.server = Answering(True)
    done = schedule.follow_up()

    assert (waiting.prefect, waiting.queue.due) == ("启动中或者连接不上", 2)
    assert done == "完成2项，顺延0项，失败0项，搁置0项"
    assert (schedule.standing().prefect, schedule.standing().queue.due) == ("可用", 0)


def test_silent_address_of_another_system_stops_nothing_else(story: Story):
    settings = story.office.settings.model_copy(update={"webhook_hosts": "127.0.0.1"})
    story.office = replace(story.office, settings=settings)
    wish = WebhookWish("市平台", "http://127.0.0.1:9/", "desk", ("clue.dispatch",))
    subscribe(story.office, wish, actor("administrator"), story.now)
    story.walk("register", "dispatch")

    result = drained(story)

    assert result.failed == {"outside": 1}
    assert result.done["transfer"] == 2
    assert len(inbox(story, "letter")) == 1


def test_hanging_address_delays_no_other_of_the_same_clue(story: Story):
    """The first takes its message only after the second got its own: in a row it never would."""
    told, waited = threading.Event(), threading.Event()

    class Slow(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/hangs":
                (waited if told.wait(5) else told).set()
            else:
                told.set()
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings = story.office.settings.model_copy(update={"webhook_hosts": "127.0.0.1"})
    story.office = replace(story.office, settings=settings)
    for path in ("hangs", "answers"):
        url = f"http://127.0.0.1:{server.server_port}/{path}"
        wish = WebhookWish(path, url, "desk", ("clue.dispatch",))
        subscribe(story.office, wish, actor("administrator"), story.now)
    story.walk("register", "dispatch")

    result = drained(story)
    server.shutdown()
    server.server_close()

    assert result.done["outside"] == 2
    assert waited.is_set()


def test_as_many_drains_are_deployed_as_are_asked_for_and_no_more(story: Story):
    rules = story.office.rules

    async def names(drains: int) -> set[str]:
        await register("yisong-test", rules, drains)
        async with get_client() as client:
            return {one.name for one in await client.read_deployments(limit=50)}

    more, fewer = asyncio.run(names(3)), asyncio.run(names(1))

    assert more - fewer == {"yisong-drain-2", "yisong-drain-3"}
    assert {"yisong-drain", "yisong-remind", "yisong-post", "yisong-every_hour"} <= fewer


def test_a_server_of_others_is_told_what_it_lacks(story: Story, prefect_child: ChildServer):
    """Ours is open to this machine alone, and keeps what the settings say."""
    settings = story.office.settings
    longer = settings.model_copy(update={"prefect_run_days": 30})

    assert list(demands(prefect_child.api_url, settings, {})) == [OPEN]
    _, keeps, *lines = demands(prefect_child.api_url, longer, {})
    assert keeps == KEEPS
    assert "  PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD=2592000" in lines
