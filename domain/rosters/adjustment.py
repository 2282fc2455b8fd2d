"""What a row does to the roster: a subject added, adjusted or left alone, or the row set aside."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from domain.rosters.class_row import ClassLine
from domain.rosters.listed_subject import TOLD, ListedSubject
from domain.rosters.row_changes import told_changes
from domain.rosters.subject_row import SubjectLine
from domain.shapes.rosters import RosterWords

FateKind = Literal["added", "changed", "same", "aside"]


@dataclass(frozen=True)
class Fate:
    """What becomes of a row; `questions` are for a person and keep nothing from happening.

    `changes` tell what it changes of a subject that was there.
    """

    row: int
    name: str
    kind: FateKind
    before: ListedSubject | None = None
    after: ListedSubject | None = None
    faults: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass
class Roster:
    """The subjects of an area, as rows are laid over them one after the other."""

    words: RosterWords
    today: date
    by_code: dict[str, ListedSubject] = field(default_factory=dict)
    by_name: dict[tuple[str, str], ListedSubject] = field(default_factory=dict)

    def take(self, one: ListedSubject) -> None:
        """A subject is in the roster, as it stands."""
        if one.credit_code:
            self.by_code[one.credit_code] = one
            self.by_name.pop((one.kind, one.name), None)
        else:
            self.by_name[one.kind, one.name] = one

    def lay(self, line: SubjectLine) -> Fate:
        """What a row does, reckoned with all rows laid before it."""
        if line.faults:
            return Fate(line.row, line.name, "aside", faults=line.faults)
        known = self.by_code.get(line.credit_code) if line.credit_code else None
        known = known or self.by_name.get((line.kind, line.name))
        if known is None:
            made = self._adjusted(_blank(line), line)
            self.take(made)
            return Fate(line.row, line.name, "added", after=made)
        faults = tuple(self._against(known, line))
        if faults:
            return Fate(line.row, line.name, "aside", before=known, faults=faults)
        after = self._adjusted(known, line)
        self.take(after)
        kind: FateKind = "same" if after == known else "changed"
        questions, told = tuple(_asked(known, line)), tuple(told_changes(known, after, self.words))
        return Fate(line.row, line.name, kind, known, after, questions=questions, changes=told)

    def grade(self, line: ClassLine) -> Fate:
        """What a row of classes does; classes add no subject, and never go back to an older day."""
        known = self.by_code.get(line.code)
        faults = list(line.faults)
        if known is None and line.code:
            faults.append("本地区的监管名录中没有这个对象，请先登记名录，或者核对统一社会信用代码")
        if known and known.grade_day and line.day and line.day < known.grade_day:
            faults.append(f"评价日期早于已有的等级（{known.grade_day}），等级不能退回旧的评价")
        if known is None or faults:
            name = line.name or (known.name if known else line.code)
            return Fate(line.row, name, "aside", before=known, faults=tuple(faults))
        after = replace(known, grade=line.grade, grade_day=line.day)
        self.take(after)
        kind: FateKind = "same" if after == known else "changed"
        strange = line.name and line.name not in known.names
        asked = (f"名称与名录不同（名录中为“{known.name}”），按代码登记",) if strange else ()
        return Fate(line.row, known.name, kind, known, after, questions=asked)

    def _adjusted(self, known: ListedSubject, line: SubjectLine) -> ListedSubject:
        told: Mapping[str, Any] = {
            name: getattr(line, name) for name in TOLD if getattr(line, name)
        }
        grade = line.grade or known.grade
        graded = (line.grade_day or self.today) if line.grade else known.grade_day
        names = known.names if line.name in known.names else (*known.names, line.name)
        code = known.credit_code or line.credit_code
        tags = known.tags | set(line.tags)
        return replace(
            known, **told, names=names, tags=tags, grade=grade, grade_day=graded, credit_code=code
        )

    def _against(self, known: ListedSubject, line: SubjectLine) -> list[str]:
        """Why a row may not adjust a subject that is in the roster."""
        found = []
        old = self.words.statuses[known.status]
        new = self.words.statuses[line.status or known.status]
        if old.ceased and not new.ceased:
            found.append(
                f"名录中已{old.label}，不能由导入恢复；确已恢复的，请在该对象的页面写明理由更改"
            )
        if new.ceased and not old.ceased and line.name not in known.names:
            found.append(
                f"统一社会信用代码相同而名称不同（名录中为“{known.name}”），不能据此改为{new.label}；"
                "请核对代码，确已更名的，先在该对象的页面更改名称"
            )
        if line.grade and known.grade_day and (line.grade_day or self.today) < known.grade_day:
            found.append(f"评价日期早于已有的等级（{known.grade_day}），等级不能退回旧的评价")
        if known.kind != line.kind:
            found.append(
                f"类别与名录不同：名录中为{self.words.kinds[known.kind].label}，"
                f"本行为{self.words.kinds[line.kind].label}"
            )
        return found


def _blank(line: SubjectLine) -> ListedSubject:
    return ListedSubject(0, line.kind, line.name, (line.name,), line.credit_code)


def _asked(known: ListedSubject, line: SubjectLine) -> list[str]:
    found = []
    if line.name != known.name:
        found.append(
            f"统一社会信用代码相同而名称不同（名录中为“{known.name}”），"
            "按同一对象登记；确已更名的，请在该对象的页面更改名称"
        )
    if not known.credit_code and line.address and known.address not in {"", line.address}:
        found.append(f"与名录中同名对象的地址不同（{known.address}），请核对是否同一对象")
    return found
