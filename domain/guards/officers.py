"""What the law asks of officers wherever a form names them: two, certified, of the organ itself."""

from domain.situation.recusal import avoiding
from domain.situation.situation import Situation

FEWEST = 2
"""行政处罚法第四十二条, 310号令第五条, 行政强制法第十八条."""


def against_officers(s: Situation, field: str, too_few: str, cannot: str) -> str | None:
    """Everything that stands against the officers in a form's field, or None.

    `too_few`: what is said where there are less than two; `cannot`: how a reason ends that names
    those without a certificate, or who have to avoid the matter (行政处罚法第四十三条).
    """
    people = {one: s.people[one] for one in s.names(field) if one in s.people}.values()
    holder = s.process.department or s.subject.desk
    found = [too_few] if len(people) < FEWEST else []
    for told, names in (
        (f"没有执法证号，{cannot}", [one.name for one in people if not one.certificate_no]),
        (f"已决定回避，{cannot}", [one.name for one in people if one.id in avoiding(s)]),
        ("不是本部门人员", [one.name for one in people if one.department != holder]),
    ):
        found += [f"{'、'.join(names)}{told}"] if names else []
    return "；".join(found) or None
