"""Workflow engines that make an empty step durable: SpiffWorkflow by a row, DBOS by itself."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from dbos import DBOS
from lxml import etree
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from sqlalchemy import Engine, make_url, text

from benchmarks.rounds import Contender, Stopwatch
from flows.site.store import WRITES

LENGTH = 5
"""Steps of the empty workflow."""
SPIFF = "SpiffWorkflow, empty step, saved as a row"
DBOS_OF_FIVE = "DBOS, empty step, one of five in a workflow"
DBOS_ALONE = "DBOS, workflow of one empty step"
_BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


@DBOS.step()
def nothing() -> None:
    """The empty step."""


@DBOS.workflow()
def five_steps() -> None:
    """The empty workflow."""
    for _ in range(LENGTH):
        nothing()


@DBOS.workflow()
def one_step() -> None:
    """What one click of a person would start."""
    nothing()


@contextmanager
def dbos_contenders(url: str, tuned: bool = True) -> Iterator[dict[str, Contender]]:
    """DBOS at work on a database.

    `tuned`: a SQLite file is set to WAL first, as ours is; DBOS by itself leaves the rollback
    journal in place.
    """
    parsed = make_url(url)
    if tuned and is_sqlite(url):
        connection = sqlite3.connect(parsed.database or "")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.close()
    logging.getLogger("dbos").setLevel(logging.ERROR)
    DBOS(
        config={
            "name": "empty-steps",
            "system_database_url": url,
            "log_level": "ERROR",
        }
    )
    DBOS.launch()
    try:
        yield {DBOS_OF_FIVE: _five, DBOS_ALONE: _one}
    finally:
        DBOS.destroy()


def is_sqlite(url: str) -> bool:
    """Whether the database is a SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"


def _five(watch: Stopwatch) -> None:
    with watch.lap(LENGTH):
        five_steps()


def _one(watch: Stopwatch) -> None:
    for _ in range(LENGTH):
        with watch.lap():
            one_step()


def spiff_contender(engine: Engine) -> dict[str, Contender]:
    """SpiffWorkflow stepping in memory, its state written to its row after every step."""
    spec = _empty_process()
    serializer = BpmnWorkflowSerializer()
    with engine.connect() as connection, connection.begin():
        connection.execute(text("CREATE TABLE spiff (id INTEGER PRIMARY KEY, state TEXT NOT NULL)"))
        connection.execute(text("INSERT INTO spiff VALUES (1, '')"))
    save = text("UPDATE spiff SET state = :state WHERE id = 1")

    def run(watch: Stopwatch) -> None:
        workflow = BpmnWorkflow(spec)
        workflow.do_engine_steps()
        for _ in range(LENGTH):
            with watch.lap():
                workflow.get_next_task(state=TaskState.READY, manual=True).run()
                workflow.do_engine_steps()
                state = serializer.serialize_json(workflow)
                connecting = engine.connect().execution_options(**{WRITES: True})
                with connecting as connection, connection.begin():
                    connection.execute(save, {"state": state})

    return {SPIFF: run}


def _empty_process() -> object:
    names = ["start", *(f"step{number}" for number in range(LENGTH)), "end"]
    process = etree.Element(f"{{{_BPMN}}}process", id="empty", isExecutable="true")
    kinds = ["startEvent", *["manualTask"] * LENGTH, "endEvent"]
    for kind, name in zip(kinds, names, strict=True):
        etree.SubElement(process, f"{{{_BPMN}}}{kind}", id=name)
    for source, target in pairwise(names):
        etree.SubElement(
            process,
            f"{{{_BPMN}}}sequenceFlow",
            id=f"{source}-{target}",
            sourceRef=source,
            targetRef=target,
        )
    definitions = etree.Element(f"{{{_BPMN}}}definitions", targetNamespace="bench")
    definitions.append(process)
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(etree.tostring(definitions)))
    return parser.get_spec("empty")
