"""Guards of how a clue is dealt with: what asks for a service is answered, never made a case."""

from domain.guards.registry import guard
from domain.situation.handling import is_service
from domain.situation.situation import Situation


@guard
def is_no_service_request(s: Situation) -> str | None:
    """What was sent on as a service request or petition is not verified as a violation."""
    if not is_service(s):
        return None
    return (
        "本线索按非监管服务事项（信访事项）转办，不核查、不处罚，请办理「答复服务事项」；"
        "办理中发现违法行为的，请先办理「改按违法线索办理」"
    )


@guard
def is_service_request(s: Situation) -> str | None:
    """Only a service request or petition is answered without verification."""
    if is_service(s):
        return None
    return "本线索按违法线索转办，应当签收后启动核查，不能只作答复"


@guard
def service_names_no_matter(s: Situation) -> str | None:
    """A service request is no item of the 监管事项, and an item is no service request."""
    if s.text("handling") in {"service", "petition"} and s.text("matter"):
        return "非监管服务事项、信访事项不填监管事项；属于监管事项的，办理方式请选择违法线索核查"
    return None


@guard
def handler_is_one_of_ours(s: Situation) -> str | None:
    """The handler belongs to the organ that holds the clue, and is a new one."""
    named = s.people.get(s.text("handler_user"))
    if named is None or named.department != s.process.department:
        return "「承办人」应为本部门在用的人员"
    if named.id == s.process.facts.get("handler_user"):
        return f"「承办人」现在就是{named.name}，不必更换"
    return None
