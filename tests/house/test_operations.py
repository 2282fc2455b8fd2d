"""What the operator's handbook says is so: its commands are run in their order, in one home."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text
from typer.testing import CliRunner

from cli.main import app
from cli.running import run as running
from flows.afterwards.schedule_log import run_and_note
from flows.site.schema import newest_revision
from flows.site.settings import Settings
from flows.upkeep.gauges import gauges
from tests.helpers.plain_yaml import read_yaml
from tests.helpers.story import Story
from tests.web.conftest import Clock
from web.request.measures import count, exposition

ROOT = Path(__file__).parents[2]
BOOK = (ROOT / "docs" / "operations.md").read_text("utf-8")
DEPLOY = ROOT / "deploy"
BLOCK = re.compile(r"^ *```\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
LOOKING = {"doctor", "status"}
"""Commands that end with 1 where they find something amiss, as on a site without a schedule."""


def commands() -> Iterator[list[str]]:
    for block in BLOCK.findall(BOOK):
        for line in block.splitlines():
            if line.strip().startswith("yisong "):
                yield line.split()[1:]


def test_every_command_of_the_handbook_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pg_url: str
) -> None:
    """From the example to an upgrade and a move: the operator's year in one home."""
    for name in ("etc", "var/lib", "var/backups"):
        (tmp_path / name / "yisong").mkdir(parents=True)
    (tmp_path / "var/lib/yisong").rmdir()
    monkeypatch.setenv("YISONG_HOME", str(tmp_path / "var/lib/yisong"))
    monkeypatch.setenv("YISONG_KEY_FILE", str(tmp_path / "etc/yisong/keys.json"))
    monkeypatch.setenv("YISONG_CONFIG", str(tmp_path / "etc/yisong/site"))
    monkeypatch.setattr(running, "watch_statements", lambda _: None)
    ran = 0
    for words in commands():
        if words[0] == "example":
            monkeypatch.delenv("YISONG_CONFIG")
        here = [
            re.sub(r"(?<=/)/(etc|var)/|^/(etc|var)/", lambda m: f"{tmp_path}/{m[1] or m[2]}/", one)
            for one in words
        ]
        if "restore" in words:
            monkeypatch.delenv("YISONG_KEY_FILE")
        here = [pg_url if one.startswith("postgresql://") else one for one in here]
        done = CliRunner().invoke(app, here)
        assert done.exit_code == 0 or words[0] in LOOKING, (words, done.output, done.exception)
        assert done.exception is None or isinstance(done.exception, SystemExit), words
        monkeypatch.setenv("YISONG_CONFIG", str(tmp_path / "etc/yisong/site"))
        monkeypatch.setenv("YISONG_KEY_FILE", str(tmp_path / "etc/yisong/keys.json"))
        ran += 1
    assert ran > 15


def test_services_and_settings_of_the_handbook_are_there() -> None:
    units = {path.stem for path in (DEPLOY / "systemd").glob("yisong-*")}
    named = set(re.findall(r"yisong-(?:web|schedule|backup)", BOOK))
    assert named == units
    for path in (DEPLOY / "systemd").glob("*.service"):
        [start] = re.findall(r"^ExecStart=/opt/yisong/bin/yisong (.*)$", path.read_text(), re.M)
        assert CliRunner().invoke(app, [start.split()[0], "--help"]).exit_code == 0
    known = {f"YISONG_{name.upper()}" for name in Settings.model_fields}
    written = [
        BOOK,
        (DEPLOY / "systemd/yisong.env").read_text(),
        (DEPLOY / "nginx.conf").read_text(),
    ]
    assert {one for each in written for one in re.findall(r"YISONG_[A-Z_]+[A-Z]", each)} <= known


def test_every_alert_rests_on_a_figure_that_there_is(story: Story) -> None:
    with story.office.engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
        told = {"revision": newest_revision()}
        connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), told)
    run_and_note(story.office, "remind", lambda: "", lambda: None)
    count(("GET", "/"), 500, 0.1, 0.0)
    found = exposition(tuple(gauges(story.office, Clock().now))).decode()
    figures = {
        sample.name for one in text_string_to_metric_families(found) for sample in one.samples
    }
    rules = read_yaml(DEPLOY / "alerts.yaml")["groups"][0]["rules"]
    for rule in rules:
        assert rule["alert"] in BOOK
        named = set(re.findall(r"yisong_[a-z_]+", rule["expr"]))
        assert named <= figures, rule
