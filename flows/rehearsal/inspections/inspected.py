"""The rehearsal's inspections: whom the roster lists, and the problems that are found there."""

from datetime import date
from functools import cache
from pathlib import Path

from pydantic import Field

from domain.rulebook.rulebook_reading import CONFIG
from domain.shapes.entries import Record
from domain.shapes.yaml_source import read_record
from flows.rehearsal.narrative import Narrative
from flows.rehearsal.work_orders import NUMBER, DemoOrder

INSPECTIONS = CONFIG / "demo" / "inspections.yaml"


class DemoSubject(Record):
    """Whom the roster lists, in the words of its file."""

    name: str
    code: str
    kind: str
    address: str
    tags: str
    grade: str = ""


class Problem(Record):
    """A problem that an inspection finds: its clue, and the story that this clue tells."""

    title: str
    content: str
    item: str
    story: str
    function: str
    offences: tuple[str, ...] = ()
    facts: dict[str, int] = Field(default={})
    answers: dict[str, bool] = Field(default={})
    offender: str = "unit"
    told: Narrative

    def order(self, number: str) -> DemoOrder:
        """As a work order is to its story: what is asked and answered; `number` is the visit's."""
        said = self.model_dump(include={"story", "function", "offences", "facts", "answers"})
        return DemoOrder.model_validate(
            {**said, "offender": self.offender, "cells": {NUMBER: number}}
        )


class DemoInspections(Record):
    """The roster's file and the problems; grades are of one day."""

    graded_on: date
    subjects: tuple[DemoSubject, ...]
    problems: dict[str, Problem]


@cache
def read_inspections(path: Path = INSPECTIONS) -> DemoInspections:
    """The file, or BadConfig with everything that is wrong with it."""
    return read_record(path, path.parents[1], DemoInspections)
