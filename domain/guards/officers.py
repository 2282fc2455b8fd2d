"""What the law asks of officers wherever a form names them: two, certified, of the organ itself."""

import re

from domain.guards.conditions import lead_is_market
from domain.guards.registry import guard
from domain.situation.recusal import avoiding
from domain.situation.situation import Situation

HEAD, PRINCIPAL = "department_head", "principal"
"""The chairs of 机关负责人 and of the first among them, 主要负责人."""
FEWEST = 2
"""行政处罚法第四十二条, 310号令第五条, 行政强制法第十八条."""


ONCE_OFFICERS = "once_officers"
"""The fact with everybody who ever was an officer of a case."""
_INVESTIGATING = ("case_officers", "measure_officers", ONCE_OFFICERS)


def investigators(s: Situation) -> frozenset[str]:
    """The ids of all who investigated the clue at hand, also of those who were replaced since.

    Officers of its case, who took records of it, and who took measures: 行政处罚法64(四) and
    程序规定49 speak of who investigated, not of who does so still.
    """
    found: set[str] = set()
    for one in (s.process, *s.of_kind("case"), *s.of_kind("record"), *s.of_kind("measure")):
        forms = one.facts.get("forms")
        told = [*forms.values()] if one.kind == "case" and isinstance(forms, dict) else []
        for facts in (one.facts, *(form for form in told if isinstance(form, dict))):
            for field in _INVESTIGATING:
                named = facts.get(field)
                found |= set(named) if isinstance(named, list | tuple) else set()
    return frozenset(found)


def against_officers(s: Situation, field: str, too_few: str, cannot: str) -> str | None:
    """Everything that stands against the officers in a form's field, or None.

    `too_few`: what is said where there are less than two; `cannot`: how a reason ends that names
    those without a certificate.
    """
    people = {one: s.people[one] for one in s.names(field) if one in s.people}.values()
    holder = s.process.department or s.subject.desk
    found = [too_few] if len(people) < FEWEST else []
    for told, names in (
        (f"没有执法证号，{cannot}", [one.name for one in people if not one.certificate_no]),
        ("不是本部门人员", [one.name for one in people if one.department != holder]),
    ):
        found += [f"{'、'.join(names)}{told}"] if names else []
    return "；".join(found) or None


@guard
def recusal_is_decided_at_its_level(s: Situation) -> str | None:
    """At a market regulator a head's recusal is the principal's to decide (程序规定4①)."""
    if not lead_is_market(s) or _is_principal(s) or PRINCIPAL in s.actor.roles:
        return None
    named = s.people.get(str(s.process.facts.get("avoids")))
    if named is None or HEAD not in named.roles:
        return None
    return f"{named.name}是本机关负责人，其回避由主要负责人决定，请由主要负责人办理"


@guard
def principals_recusal_was_discussed(s: Situation) -> str | None:
    """At a market regulator the heads decide together whether the principal avoids (程序规定4①)."""
    if not (lead_is_market(s) and _is_principal(s)) or s.text("recusal_discussion"):
        return None
    return (
        "被提出回避的是主要负责人，其回避由负责人集体讨论决定，"
        "请在「负责人集体讨论情况」写明讨论的时间、出席人员和意见"
    )


def _is_principal(s: Situation) -> bool:
    named = s.people.get(str(s.process.facts.get("avoids")))
    return named is not None and PRINCIPAL in named.roles


SEATS = {
    "recorder": "记录员",
    "hearing_members": "听证员",
    "attendants": "出席人员",
    "discussion_chair": "讨论主持人",
    "discussion_recorder": "讨论记录人",
}
"""Fields in which the people of a hearing or discussion are written down by name."""


TOGETHER = {"attendants": "出席人员", "extension_attendants": "延期集体讨论出席人员"}
"""Fields with those who discuss a case together."""
_AND = re.compile(r"[\s、，,；;。/|和与及]+")
_ASIDE = re.compile("[（(][^（）()]*[）)]")
_ALL_OF_THEM = re.compile("全体|班子|等[^，。、]*人|委员会")


@guard
def heads_discuss_together(s: Situation) -> str | None:
    """One head alone discusses nothing collectively (行政处罚法第五十七条第二款)."""
    alone = [
        label
        for field, label in TOGETHER.items()
        if (said := s.text(field)) and not _ALL_OF_THEM.search(said)
        if len([one for one in _AND.split(_ASIDE.sub("", said)) if one]) < FEWEST
    ]
    if not alone:
        return None
    return (
        f"「{'」「'.join(alone)}」只写了一人：集体讨论由行政机关负责人共同进行，请写明全部出席人员"
    )


@guard
def nobody_seated_has_to_avoid(s: Situation) -> str | None:
    """Who has to avoid the matter neither hears it nor discusses it (行政处罚法第四十三条)."""
    names = [s.people[one].name for one in sorted(avoiding(s)) if one in s.people]
    found = [
        f"「{label}」中的{name}已决定回避"
        for field, label in SEATS.items()
        for name in names
        if is_named(name, s.text(field))
    ]
    return f"{'；'.join(found)}，请由其他人员参加" if found else None


def is_named(name: str, text: str) -> bool:
    """Whether a list of people names somebody, with or without his office before or after it.

    「李明」 is in 「法制科科长李明、王某」 and 「李明（记录）」, and is not in 「李明华」.
    """
    return any(
        before + name + after == part
        for part in _PARTED.split(text)
        for before, found, after in [part.partition(name)]
        if found and _OFFICE_BEFORE.fullmatch(before) and _OFFICE_AFTER.fullmatch(after)
    )


_PARTED = re.compile(r"[\s、，,；;。.：:/|（）()【】\[\]《》]+")
_OFFICE = (
    "局长|主任|科长|处长|所长|队长|股长|书记|组长|院长|部长|主席|委员|专员|科员|干部|同志|人员"
)
_OFFICE_BEFORE = re.compile(
    rf".*(?:{_OFFICE}|主持人|记录员|记录人|负责人|承办人|听证员|[局科处室队所股委办厅院和及与])|"
)
_OFFICE_AFTER = re.compile(rf"(?:[等和及与].*|记录|主持|.*(?:{_OFFICE}|主持人|记录员|听证员))|")
