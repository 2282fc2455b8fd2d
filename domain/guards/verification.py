"""Guards of joint verification: nobody is forgotten, and dissent is heard."""

from domain.guards.registry import guard, selection
from domain.situation.situation import ProcessView, Situation


def _silent(s: Situation) -> list[ProcessView]:
    return [part for part in s.parts() if part.state == "asked"]


def _names(s: Situation, parts: list[ProcessView]) -> str:
    found = [s.department(part.department) for part in parts]
    return "、".join(one.name for one in found if one)


@selection
def silent_parts(s: Situation) -> tuple[int, ...]:
    """The departments that have not answered yet."""
    return tuple(part.id for part in _silent(s))


@guard
def some_part_is_silent(s: Situation) -> str | None:
    """There is somebody to urge."""
    return None if _silent(s) else "各协查部门均已反馈，无须催促"


@guard
def every_part_is_in(s: Situation) -> str | None:
    """Opinions are gathered when all of them are in."""
    silent = _silent(s)
    if not s.parts():
        return "本次核查没有协查部门"
    return f"尚未反馈：{_names(s, silent)}" if silent else None


@guard
def parts_are_in_or_reason_given(s: Situation) -> str | None:
    """The lead concludes over a silent department only with a reason on record."""
    silent = _silent(s)
    if silent and not s.text("silent_reason"):
        return (
            f"{_names(s, silent)}尚未反馈核查意见；"
            "确需先作结论的，请填写「部门未反馈仍作结论的理由」"
        )
    return None


@guard
def asks_only_new_departments(s: Situation) -> str | None:
    """A department is asked once."""
    asked = [part for part in s.parts() if part.department in s.names("cooperating")]
    return f"已经交办过：{_names(s, asked)}" if asked else None


@guard
def dissent_is_stated(s: Situation) -> str | None:
    """A differing opinion is written out; it goes into the report verbatim."""
    if s.text("agrees") == "dissents" and not s.text("dissent"):
        return "有不同意见的，请写明不同意见（将原文载入联合核查报告）"
    return None
