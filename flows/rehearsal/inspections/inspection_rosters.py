"""The rosters of the rehearsal: subjects with their classes, and officers, by the supervisor."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from domain.situation.situation import Actor
from flows.people.user_keeping import Keeper
from flows.rehearsal.inspections.inspected import read_inspections
from flows.rehearsal.people import person, read_users
from flows.rehearsal.scene import Stage
from flows.rosters.people_import import import_people
from flows.rosters.subject_import import import_subjects

JUSTICE = "shili-justice"
VALID_UNTIL = "2028-12-31"


def fill_rosters(stage: Stage) -> None:
    """Both files are the supervisor's, for that of the subjects bears classes, which he enters."""
    told = read_inspections()
    subjects = [
        {
            "名称": one.name,
            "类别": one.kind,
            "统一社会信用代码": one.code,
            "地址": one.address,
            "状态": "存续",
            "标签": one.tags,
            "信用风险等级": one.grade,
            "评价日期": told.graded_on.isoformat() if one.grade else "",
        }
        for one in told.subjects
    ]
    names = stage.office.rules.departments
    officers = [
        {
            "姓名": one.name,
            "执法证号": one.certificate_no,
            "有效期至": VALID_UNTIL,
            "所在单位": names[one.department].name,
        }
        for one in read_users()
        if one.role == "handler" and one.certificate_no and names[one.department].area == "shili"
    ]
    folder = stage.office.settings.home
    keeper = _keeper(stage, person(JUSTICE, "supervisor"))
    import_subjects(keeper, _written(folder / "subjects.csv", subjects), "监管对象名录.csv")
    path = _written(folder / "officers.csv", officers)
    import_people(keeper, path, "执法检查人员名录.csv", "officers")


def certificates(department: str) -> list[str]:
    """The certificates of two officers of a department."""
    return [
        one.certificate_no
        for one in read_users()
        if one.department == department and one.role == "handler"
    ][:2]


def _keeper(stage: Stage, actor: Actor) -> Keeper:
    return Keeper(stage.office, actor, stage.now)


def _written(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    found = list(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(found[0]))
        writer.writeheader()
        writer.writerows(found)
    return path
