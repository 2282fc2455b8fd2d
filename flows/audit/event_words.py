"""Events in words: what each belongs to, what was done, and what it changed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from domain.files.reporter_words import without_reporter_in
from domain.limits.limit import at_shanghai
from domain.rulebook.rulebook import Rulebook
from domain.tables.process import Clue
from domain.tables.record import Event
from flows.door.registration import known_reporter
from flows.lists.event_lines import DEEDS
from flows.lists.form_words import values_in_words
from flows.site.office import Office
from flows.site.row_marks import MARKS

KINDS = {
    "user": "用户",
    "template": "文书模板",
    "document": "文书",
    "follow_up": "后续事项",
    "calendar": "工作日历",
    "department": "部门",
    "mapping": "列对照表",
    "api_token": "接口令牌",
    "webhook": "对外通知",
    "subject": "监管名录",
    "discretion": "裁量基准",
    "indicator": "预警指标",
    "substitution": "代办",
}
"""What is on record beside the processes of clues."""
ACTIONS = {
    **DEEDS,
    "name_substitute": "指定代办人",
    "end_substitution": "结束代办",
    "add_user": "登记用户",
    "save_mapping": "保存列对照表",
    "calibrate": "校准",
    "change_user": "更改用户",
    "reset_password": "重设密码",
    "change_password": "修改本人密码",
    "lock_user": "锁定用户",
    "enrol_second_factor": "登记验证器",
    "renew_recovery_codes": "重新生成恢复码",
    "enrol_passkey": "登记通行密钥",
    "end_passkey": "停用本人通行密钥",
    "end_second_factor": "停用本人验证器",
    "reset_second_factor": "解除用户的验证器",
    "unlock_user": "解锁用户",
    "retire_user": "停用用户",
    "restore_user": "恢复用户",
    "retry_follow_ups": "重新处理后续事项",
    "upload_calendar": "上传放假安排",
    "change_department": "更改部门",
    "begin_numbers": "设定文号起始号",
    "add_department": "新增部门",
    "upload": "上传",
    "approve": "审核通过",
    "reject": "退回",
    "enter": "登记",
    "confirm": "核对确认",
    "retire": "停用",
    "issue": "签发",
    "subscribe": "登记",
    "end": "停用",
    "revoke": "撤销",
    "add": "登记",
    "change": "更改",
    "remove": "删除",
    "import_subjects": "导入监管对象名录",
    "import_officers": "导入执法检查人员名录",
    "import_classes": "导入信用风险等级",
    "export_classes": "导出信用风险等级",
    "import_experts": "导入专家名录",
    "avoid": "登记回避",
    "leave_roster": "移出名录",
}
STATES = {
    "none": "",
    "waiting": "待处理",
    "parked": "搁置",
    "approved": "已通过",
    "retired": "已停用",
    "rejected": "已退回",
    "active": "在用",
    "revoked": "已撤销",
    "valid": "有效",
    "ended": "已停用",
}
FIELDS = {
    "user": "用户编号",
    "name": "姓名",
    "department": "部门",
    "roles": "岗位",
    "certificate_no": "执法证号",
    "stand_role": "代行岗位",
    "stand_from": "代行起始日期",
    "stand_until": "代行截止日期",
    "stand_ground": "委托依据",
    "phone": "电话",
    "email": "电子邮箱",
    "reason": "理由",
    "via": "办理途径",
    "for": "代谁办理",
    "substitute": "代办人",
    "absent": "由谁代办",
    "first": "起始日期",
    "until": "截止日期",
    "basis": "依据",
    "documents": "文书",
    "opened": "开始计算的时限",
    "stopped": "停止计算的时限",
    "paused": "暂停的时限",
    "resumed": "恢复的时限",
    "extended": "延长的时限",
    "followed": "随之变动的时限",
    "clock": "时限",
    "before": "原为",
    "after": "改为",
    "sha256": "文件哈希",
    "sealed_sha256": "盖章文件哈希",
    "files": "文件",
    "missing": "缺少",
    "follow_up": "后续事项编号",
    "ids": "编号",
    "count": "项数",
    "kind": "种类",
    "year": "年份",
    "recomputed": "重新计算的时限",
    "short": "机关代字",
    "series": "文书代字",
    "code": "统一社会信用代码",
    "superior": "上级机关",
    "address": "地址",
    "from_day": "自",
    "closed": "停用",
    "notice": "通知文号",
    "area": "地区",
    "level": "层级",
    "function": "职能",
    "aliases": "别称",
    "places": "辖区地名",
    "scopes": "权限",
    "channel": "渠道",
    "url": "地址",
    "expires_at": "有效期至",
    "hint": "令牌开头",
    "label": "名称",
    "events": "事件",
    "workdays": "调休上班",
    "added": "新增行数",
    "changed": "调整行数",
    "aside": "不予登记行数",
    "ground": "情形",
    "status": "状态",
    "names": "用过的名称",
    "tags": "标签",
    "contact": "联络人",
    "grade": "信用风险等级",
    "grade_day": "评价日期",
}
HIDDEN = "已隐去"
CLOCKS = {"opened", "stopped", "paused", "resumed", "extended", "clock"}


@dataclass(frozen=True)
class Changed:
    """A fact that an event changed."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether it is another one now."""
        return self.before != self.after


def kind_label(rules: Rulebook, kind: str) -> str:
    """What an event belongs to."""
    found = rules.lifecycles.get(kind)
    return found.label if found else KINDS.get(kind, kind)


def action_label(rules: Rulebook, kind: str, action: str) -> str:
    """What was done."""
    lifecycle = rules.lifecycles.get(kind)
    known = lifecycle.actions.get(action) if lifecycle else None
    return known.label if known else ACTIONS.get(action, action)


def state_label(rules: Rulebook, kind: str, state: str) -> str:
    """A state by its name."""
    lifecycle = rules.lifecycles.get(kind)
    known = lifecycle.states.get(state) if lifecycle else None
    return known.label if known else STATES.get(state, state)


def shown_detail(session: Session, office: Office, event: Event) -> Mapping[str, object]:
    """What an event says, as an auditor reads it: a reporter's own words as his clue's pages show
    them. The record itself stays as it was written.
    """
    clue = session.get(Clue, event.clue_id) if event.clue_id else None
    if clue is None:
        return event.detail
    return without_reporter_in(event.detail, known_reporter(clue, office.keys))


def details(
    rules: Rulebook, event: Event, shown: Mapping[str, object], names: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Everything an event says beside its before and after, of what is shown of it; a reporter's
    data never.
    """
    lifecycle = rules.lifecycles.get(event.process_kind)
    action = lifecycle.actions.get(event.action) if lifecycle else None
    form = shown.get("form")
    lines: list[tuple[str, str]] = []
    if action and isinstance(form, dict):
        own = {key: value for key, value in form.items() if not key.startswith("reporter")}
        lines += values_in_words(action.form, own, rules, names)
    for key, value in shown.items():
        is_pair = key in {"before", "after"} and isinstance(value, dict)
        if key not in {"form", MARKS} and not is_pair and value not in (None, "", [], {}):
            lines.append((FIELDS.get(key, key), in_words(rules, key, value)))
    return tuple(lines)


def changes(rules: Rulebook, shown: Mapping[str, object]) -> tuple[Changed, ...]:
    """What an event changed, fact by fact, of what is shown of it."""
    before, after = shown.get("before"), shown.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return ()
    names = list(dict.fromkeys([*before, *after]))
    return tuple(
        Changed(
            FIELDS.get(name, name),
            in_words(rules, name, before.get(name)),
            in_words(rules, name, after.get(name)),
        )
        for name in names
    )


def in_words(rules: Rulebook, key: str, value: object) -> str:
    """A value of an event's detail as people read it."""
    if key.startswith("reporter"):
        return HIDDEN
    if isinstance(value, list | tuple):
        return "、".join(in_words(rules, key, one) for one in value)
    if isinstance(value, dict):
        return _several(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value in (None, "") else _naming(rules, key)(str(value))


def _several(value: Mapping[str, object]) -> str:
    if "title" in value:
        return f"《{value['title']}》{value.get('number') or ''}"
    return json.dumps(value, ensure_ascii=False, default=str)


def _naming(rules: Rulebook, key: str) -> Callable[[str], str]:
    if key == "roles":
        return lambda one: rules.roles[one].label if one in rules.roles else one
    if key in {"department", "superior"}:
        known = rules.departments
        return lambda one: known[one].name if one in known else one
    if key == "basis":
        return lambda one: rules.cite(one) if one in rules.citations else one
    if key in CLOCKS:
        return lambda one: _limit(rules, one)
    if key == "followed":
        return lambda one: _limit(rules, one.split(" ", 2)[-1])
    return str


def _limit(rules: Rulebook, text: str) -> str:
    """A limit by its name, with the moment that stands behind it: 分办期限 2026-09-23 23:59."""
    rule, _, rest = text.partition(" ")
    label = rules.deadlines[rule].label if rule in rules.deadlines else rule
    try:
        moment = at_shanghai(datetime.fromisoformat(rest))
    except ValueError:
        return f"{label} {rest}".strip()
    return f"{label}（{moment:%Y-%m-%d %H:%M}）"
