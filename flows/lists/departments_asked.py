"""Which processes of an undertaking stand for the departments that were asked, each once."""

from collections.abc import Iterable, Mapping

from domain.tables.process import Process

ASKED: Mapping[str, str] = {
    "breach_record": "joint_measure",
    "publication": "publication_opinion",
    "visit": "finding",
}
"""By main line that has other processes too, the one that stands for a department."""
CALLED_OFF = "called_off"


def departments_asked(kind: str, beside: Iterable[Process]) -> list[Process]:
    """What each department was asked last; earlier rounds, corrections and repairs are none."""
    wanted = ASKED.get(kind)
    newest = {
        (one.kind, one.department_id): one
        for one in beside
        if wanted in (None, one.kind) and one.state != CALLED_OFF
    }
    return list(newest.values())
