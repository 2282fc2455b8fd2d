"""An inspection by hand in the rehearsal: whom it is proposed for, by which department, and why."""

from dataclasses import dataclass, field

from flows.rehearsal.inspections.inspected import DemoSubject, read_inspections
from flows.rehearsal.inspections.inspection_rosters import certificates
from flows.rehearsal.people import person
from flows.rehearsal.scene import Stage
from flows.rehearsal.stories.undertaken import Undertaken, begin


@dataclass(frozen=True)
class Proposal:
    """What a handler writes who proposes an inspection; `told`: whatever else its form holds."""

    department: str
    subject: DemoSubject
    title: str
    matters: tuple[str, ...]
    ground: str
    kind: str = "daily"
    told: dict[str, object] = field(default_factory=dict)


def subject_tagged(tag: str) -> DemoSubject:
    """The first subject of the roster's file that bears just these tags."""
    return next(one for one in read_inspections().subjects if one.tags == tag)


def subject_named(name: str) -> DemoSubject:
    """The subject of a name in the roster's file."""
    return next(one for one in read_inspections().subjects if one.name == name)


def proposed(stage: Stage, what: Proposal) -> Undertaken:
    """The inspection on the spot, proposed and not approved yet."""
    return begin(
        stage,
        person(what.department, "handler"),
        "visit.propose",
        title=f"{what.subject.name}{what.title}",
        object=what.subject.code,
        kind=what.kind,
        ground=what.ground,
        matters=list(what.matters),
        officers=certificates(what.department),
        way="on_site",
        why_on_site="须到现场查看场所和人员情况",
        **what.told,
    )
