"""Guards and conditions of draws: who may prepare, freeze and witness, and what is replaced."""

from collections.abc import Mapping

from domain.draws.quotas import BadShare, read_share
from domain.guards.registry import condition, guard, selection
from domain.situation.acting_for import own_persons
from domain.situation.situation import Situation

FEWEST_DIGITS = 4
"""A witness's number has no fewer: a single digit could be guessed beforehand (本级约定)."""
REPLACED = "已替换"
"""How the state of an object begins that another one took the place of."""


@guard
def items_are_led_here(s: Situation) -> str | None:
    """Every matter has its lead in the area, and the leads are those who prepare or take part."""
    area = s.law.departments[s.actor.department].area
    leads = {
        one.function: key
        for key, one in s.law.departments.items()
        if one.area == area and not one.closed
    }
    named = [s.law.matters[one] for one in s.names("matters")]
    nobody = [one.name for one in named if one.lead not in leads]
    if nobody:
        return f"本地区没有{'、'.join(nobody)}的牵头部门，请先改选；部门由管理员在“管理·部门”登记"
    wanted = {leads[one.lead] for one in named} - {s.actor.department}
    given = set(s.names("participants"))
    missing, idle = (_named(s, some) for some in (wanted - given, given - wanted))
    found = [f"所选事项由{missing}牵头，请列为参加部门"] if missing else []
    found += [f"参加部门中{idle}不牵头任何所选事项"] if idle else []
    return "；".join(found) or None


def _named(s: Situation, departments: set[str]) -> str:
    return "、".join(s.law.departments[one].name for one in sorted(departments))


@guard
def shares_can_be_read(s: Situation) -> str | None:
    """Every row names a class once, and a share that can be read without guessing."""
    found: list[str] = []
    seen: set[str] = set()
    for row in _rows(s.form.get("shares")):
        stratum = row["类别"]
        try:
            read_share(row["比例"])
        except BadShare as problem:
            found.append(f"{stratum or '没有写明类别的一行'}：{problem}")
        if stratum in seen:
            found.append(f"{stratum}写了两次")
        seen.add(stratum)
    return "；".join(found) or None


@guard
def witnesses_are_others(s: Situation) -> str | None:
    """Nobody witnesses a draw of his own organ, where the site's rule says so."""
    if not s.law.rosters.witnesses_outside:
        return None
    own = {s.actor.department, *s.names("participants")} & set(s.names("witnesses"))
    return f"见证单位不能是参加本次抽查的{_named(s, own)}" if own else None


@guard
def witnesses_are_enough(s: Situation) -> str | None:
    """As many organs witness as the site's rule wants."""
    wanted, given = s.law.rosters.witnesses, len(s.names("witnesses"))
    if given >= wanted:
        return None
    return f"见证单位至少{wanted}个，现有{given}个（本级约定，由管理员登记）"


@guard
def freezer_did_not_prepare(s: Situation) -> str | None:
    """Who prepared a draw does not seal it."""
    own = s.process.facts.get("handler_user") in own_persons(s)
    return "名单由编制人以外的人封存，请由本机关另一名负责人办理" if own else None


@guard
def all_parts_agreed(s: Situation) -> str | None:
    """Every department whose items are drawn has agreed."""
    left = {one.department for one in s.of_kind("draw_part") if one.state != "agreed"}
    if not left:
        return None
    return f"{_named(s, left)}尚未同意参加；不同意的，请作废后另行编制，不再列入其事项"


@guard
def number_is_digits(s: Situation) -> str | None:
    """A witness's number is digits, and long enough not to be guessed."""
    number = s.text("number")
    if number.isascii() and number.isdecimal() and len(number) >= FEWEST_DIGITS:
        return None
    return f"见证数应为至少{FEWEST_DIGITS}位阿拉伯数字，现为“{number}”"


@guard
def witness_is_another_person(s: Situation) -> str | None:
    """Each number is given by another person, and by nobody who prepared or sealed the draw."""
    given = [str(one.facts.get("witness")) for one in s.of_kind("draw_witness")]
    if s.text("witness") in given:
        return f"{s.text('witness')}已经录入过见证数，每个见证数由不同的人录入"
    [draw] = s.of_kind("draw")
    if own_persons(s) & {draw.facts.get("handler_user"), draw.facts.get("frozen_by")}:
        return "编制或者封存名单的人不能见证"
    return None


@guard
def object_is_drawn(s: Situation) -> str | None:
    """The object that is to be replaced is in the sample."""
    return None if _row(s, s.text("object")) else _unknown(s)


@guard
def officer_is_sent(s: Situation) -> str | None:
    """The officer who is to be replaced is sent to that object."""
    row = _row(s, s.text("object"))
    if row is None:
        return _unknown(s)
    if f"（{s.text('certificate')}）" in row["人员"]:
        return None
    return f"派往{row['名称']}的是{row['人员']}，没有证号为{s.text('certificate')}的执法人员"


def _unknown(s: Situation) -> str:
    return f"抽中的对象中没有{s.text('object')}，或者已经替换；代码见抽取记录"


def _row(s: Situation, thing: str) -> Mapping[str, str] | None:
    rows = _rows(s.process.facts.get("drawn"))
    kept = (one for one in rows if not one["情况"].startswith(REPLACED))
    return next((one for one in kept if one["对象"] == thing), None)


def _rows(value: object) -> list[Mapping[str, str]]:
    return list(value) if isinstance(value, list | tuple) else []


@condition
def no_other_number_is_open(s: Situation) -> bool:
    """Every other witness has given his number."""
    return all(one.id == s.process.id for one in s.open_of_kind("draw_witness"))


@selection
def open_parts(s: Situation) -> tuple[int, ...]:
    """The departments that were asked or agreed to take part in a draw."""
    return tuple(one.id for one in s.open_of_kind("draw_part"))


@selection
def agreed_parts(s: Situation) -> tuple[int, ...]:
    """The departments that agreed to take part in a draw."""
    return tuple(one.id for one in s.of_kind("draw_part") if one.state == "agreed")


@selection
def open_witnesses(s: Situation) -> tuple[int, ...]:
    """The witnesses who have not given a number."""
    return tuple(one.id for one in s.open_of_kind("draw_witness"))
