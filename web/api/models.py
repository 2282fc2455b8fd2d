"""The records of the interface: what other systems send and get, described in Chinese."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from web.api.problems import ReasonTold

Cell = str | int | float | bool | None


class Named(BaseModel):
    """Something with an id and a name."""

    id: str = Field(description="编号")
    name: str = Field(description="名称")


class WorkOrder(BaseModel):
    """一张工单。线索来源由令牌决定，不必写明。"""

    outside_no: Cell = Field(
        description="工单编号，在来源系统中唯一", examples=["GD20261122000001"]
    )
    received_at: Cell = Field(
        description="收到诉求的时间；不写时区即北京时间", examples=["2026-11-20T09:30:00+08:00"]
    )
    content: Cell = Field(
        description="诉求内容", examples=["反映人民路12号某食品店销售过期食品，要求查处。"]
    )
    title: Cell = Field(default=None, description="标题；不写时取内容的开头")
    category: Cell = Field(default=None, description="诉求类型", examples=["举报"])
    place: Cell = Field(default=None, description="发生地点", examples=["人民路12号"])
    subject_name: Cell = Field(default=None, description="被反映的单位或者个人")
    subject_code: Cell = Field(default=None, description="统一社会信用代码；有误的保留并提示")
    subject_phone: Cell = Field(default=None, description="被反映方电话")
    subject_address: Cell = Field(default=None, description="被反映方地址")
    reporter_name: Cell = Field(default=None, description="反映人姓名；加密保存，不再回传")
    reporter_account: Cell = Field(default=None, description="反映人在来源系统中的账号")
    reporter_phone: Cell = Field(default=None, description="反映人电话；加密保存，不再回传")
    reporter_address: Cell = Field(default=None, description="反映人地址；加密保存，不再回传")
    urgency: Cell = Field(
        default=None, description="紧急程度：normal 一般、urgent 紧急、critical 特急"
    )
    wants_reply: Cell = Field(default=None, description="是否要求回访，默认 true")
    confidential: Cell = Field(default=None, description="反映人是否要求保密，默认 false")
    area: Cell = Field(default=None, description="所属区域，如 城区")
    named_department: Cell = Field(default=None, description="反映人或者来源系统建议的承办单位")
    replies: Cell = Field(default=None, description="此前的办理情况")


class RowFault(BaseModel):
    """What is wrong with one item of a work order."""

    field: str = Field(description="哪一项")
    wrong: str = Field(description="哪里不对")
    right: str = Field(description="应当怎样；登记本身不允许的，为所依据的条文")


class TwinTold(BaseModel):
    """A clue that may be the same matter."""

    clue: str = Field(description="线索编号")
    score: float = Field(description="相似度，0 至 1")
    reason: str = Field(description="相似在哪里")


class SuggestionTold(BaseModel):
    """Where a clue may belong; a person decides."""

    matter: Named | None = Field(description="监管事项")
    duty: Named | None = Field(description="部门职责；不属于监管事项的诉求")
    handling: str | None = Field(
        description="职责的办理方式：service 服务，petition 信访，consumer 消费投诉，report 举报"
    )
    lead: Named | None = Field(description="建议的主办部门")
    cooperating: list[Named] = Field(description="建议的协办部门")
    confidence: float = Field(description="把握，0 至 1")
    reason: str = Field(description="理由")


class OrderFate(BaseModel):
    """What became of one work order."""

    row: int = Field(description="请求中的第几张，从 1 起")
    outside_no: str = Field(description="工单编号")
    result: Literal["registered", "already_there", "rejected"] = Field(
        description="registered 已登记；already_there 此前已登记，没有改动；rejected 未登记"
    )
    clue: str | None = Field(description="线索编号")
    errors: list[RowFault] = Field(description="未登记的全部原因")
    warnings: list[str] = Field(description="已登记，但请核对的事项")
    suspected: list[TwinTold] = Field(description="疑似重复的线索，由人员决定是否并入")
    related: list[TwinTold] = Field(description="同一对象、其他问题的线索，不是重复")
    suggestion: SuggestionTold | None = Field(description="分办建议，由人员决定")


class OrdersAnswer(BaseModel):
    """What became of all work orders of a call."""

    registered: int = Field(description="已登记的张数")
    already_there: int = Field(description="此前已登记的张数")
    rejected: int = Field(description="未登记的张数")
    rows: list[OrderFate] = Field(description="每张工单的结果，顺序与请求相同")


class ClueLineTold(BaseModel):
    """A clue in a list."""

    no: str = Field(description="线索编号")
    version: int = Field(description="版本：最近一次变动的序号")
    channel: str = Field(description="线索来源")
    outside_no: str | None = Field(description="来源系统中的工单编号")
    title: str = Field(description="标题")
    state: Named = Field(description="状态")
    department: Named = Field(description="现在哪个部门")
    received_at: datetime = Field(description="收到的时间")
    ended: bool = Field(description="是否已经终结")


class CluePage(BaseModel):
    """A page of clues in the order in which they last changed."""

    items: list[ClueLineTold]
    next_since: int = Field(description="下次从这里接着取：作为 since 再次请求")
    more: bool = Field(description="现在是否还有")


class ClockTold(BaseModel):
    """A time limit."""

    rule: str = Field(description="期限编号")
    label: str = Field(description="期限名称")
    process: str = Field(description="属于哪一流程")
    owner: str = Field(description="责任部门")
    started_at: datetime = Field(description="起算")
    due_at: datetime = Field(description="届满")
    breach_at: datetime = Field(description="超过此时为逾期（法制确认的口径）")
    provisional: bool = Field(description="是否暂定（放假安排尚未公布）")
    paused: bool = Field(description="是否暂停")
    light: Literal["green", "yellow", "red", "grey"] | None = Field(
        description="绿 正常、黄 临期、红 逾期、灰 暂停；已了结的没有"
    )
    late: bool = Field(description="是否逾期（已了结的：是否逾期了结）")
    ended_at: datetime | None = Field(description="了结的时间")
    article: str = Field(description="依据的条文")


class ProcessTold(BaseModel):
    """A process beside the main line."""

    kind: str = Field(description="流程，如 case、referral")
    label: str = Field(description="流程名称")
    id: int = Field(description="编号")
    state: Named = Field(description="状态")
    department: str = Field(description="所在部门")


class HappenedTold(BaseModel):
    """One thing that happened."""

    at: datetime = Field(description="时间")
    who: str = Field(description="办理人")
    department: str = Field(description="办理部门")
    process: str = Field(description="流程")
    action: str = Field(description="操作")
    to_state: str = Field(description="办理后的状态")
    said: dict[str, str] = Field(description="填写的内容，不含举报人信息")
    documents: list[str] = Field(description="制发的文书")


class SubjectTold(BaseModel):
    """The party; personal data are masked."""

    name: str = Field(description="名称")
    code: str = Field(description="统一社会信用代码；身份证号已遮盖")
    phone: str = Field(description="电话，已遮盖")


class ClueTold(ClueLineTold):
    """A clue as far as the token's person may see it."""

    category: str = Field(description="诉求类型")
    place: str = Field(description="发生地点")
    content: str | None = Field(description="诉求内容；无权查看的为空")
    next_actor: str = Field(description="等待谁办理")
    matter: Named | None = Field(description="监管事项")
    subject: SubjectTold = Field(description="被反映方")
    reporter: str = Field(description="反映人，已遮盖")
    merged_into: str | None = Field(description="并入的线索")
    clocks: list[ClockTold] = Field(description="时限，先到期的在前")
    processes: list[ProcessTold] = Field(description="其他流程")
    timeline: list[HappenedTold] = Field(description="经过，先发生的在前")


class PaperTold(BaseModel):
    """A document that was issued."""

    id: int = Field(description="编号")
    kind: str = Field(description="种类")
    title: str = Field(description="名称")
    number: str | None = Field(description="文号")
    issued_at: datetime = Field(description="制发时间")
    issuer: str = Field(description="制发机关")
    voided: bool = Field(description="是否已作废")
    sha256: str = Field(description="文件的校验值，下载时即 ETag")
    url: str = Field(description="下载地址")
    sealed_sha256: str | None = Field(None, description="加盖电子印章的文件的校验值，没有的为空")
    sealed_url: str | None = Field(None, description="加盖电子印章的文件的下载地址，没有的为空")


class UndertakingTold(BaseModel):
    """An undertaking, such as a circular, as far as the token's person may see it."""

    no: str = Field(description="编号")
    version: int = Field(description="版本，办理时放入 If-Match")
    kind: str = Field(description="种类，如 circular")
    label: str = Field(description="种类的名称，如情况通报")
    title: str = Field(description="标题")
    state: Named = Field(description="状态")
    department: Named = Field(description="发出部门")
    opened_at: datetime = Field(description="拟稿的时间")
    ended: bool = Field(description="是否已经结束")


class UndertakingPage(BaseModel):
    """A page of undertakings, the newest first."""

    items: list[UndertakingTold]
    before: int | None = Field(description="取下一页时放入 before；没有更多的为空")


class UndertakingWhole(UndertakingTold):
    """An undertaking with all that belongs to it."""

    contents: dict[str, str] = Field(description="内容，按表单的名称")
    clocks: list[ClockTold] = Field(description="时限")
    processes: list[ProcessTold] = Field(description="各收件部门的流程")
    documents: list[PaperTold] = Field(description="制发的文书")
    timeline: list[HappenedTold] = Field(description="经过，先发生的在前")


class ActionTold(BaseModel):
    """An action that fits how the clue or undertaking stands."""

    process: str = Field(description="流程")
    process_id: int | None = Field(description="流程编号；新开的流程没有")
    action: str = Field(description="操作")
    label: str = Field(description="操作名称")
    allowed: bool = Field(description="现在能否办理")
    reasons: list[ReasonTold] = Field(description="不能办理的全部理由")
    basis: list[str] = Field(description="依据的条文")
    url: str = Field(description="办理地址")
    form: dict[str, JsonValue] = Field(description="表单的 JSON Schema")


class ActionsTold(BaseModel):
    """Every action that fits how a clue or undertaking stands, allowed ones first."""

    clue: str = Field(description="线索或者情况通报的编号")
    version: int = Field(description="其版本，办理时放入 If-Match")
    items: list[ActionTold]


class ActionOrder(BaseModel):
    """What to do."""

    model_config = ConfigDict(extra="forbid")

    form: dict[str, JsonValue] = Field(
        default={}, description="表单，各项见 actions", examples=[{"reason": "属于本部门职责"}]
    )
    process_id: int | None = Field(
        default=None, ge=1, le=2**53, description="同一流程有几个时，指明哪一个"
    )


class ActionDone(BaseModel):
    """What was done."""

    clue: str = Field(description="线索或者情况通报的编号")
    version: int = Field(description="其新版本")
    process: str = Field(description="流程")
    process_id: int = Field(description="流程编号")
    state: Named = Field(description="流程的新状态")
    documents: list[PaperTold] = Field(description="制发的文书")


class PapersTold(BaseModel):
    """The documents of a clue."""

    clue: str
    items: list[PaperTold]


class CitedTold(BaseModel):
    """An article."""

    id: str = Field(description="条文编号")
    title: str = Field(description="法规名称")
    number: str = Field(description="文号")
    article: str = Field(description="条款")
    says: str = Field(description="要旨")
    evidence: str = Field(
        description="text 已见原文、secondary 转引、memory 待法制核对、local 本级约定"
    )


class DayTold(BaseModel):
    """A day on the way to a due date."""

    date: date
    counted: bool = Field(description="是否计入")
    why: str = Field(description="理由")


class PausedTold(BaseModel):
    """A pause that was asked about."""

    start: datetime = Field(description="暂停开始")
    end: datetime | None = Field(description="恢复计算")
    reason: str = Field(description="事由")
    counted: bool = Field(description="是否扣除")
    why: str = Field(description="未扣除的理由，或者须核对的事由")


class DueTold(BaseModel):
    """When a limit is due, told day by day."""

    rule: str = Field(description="期限编号")
    due: datetime = Field(description="届满")
    breach: datetime = Field(description="超过此时为逾期（法制确认的口径）")
    provisional: bool = Field(description="是否暂定（放假安排尚未公布）")
    unwatched: str = Field(description="系统不为该期限计时的理由；空为计时")
    basis: CitedTold
    pauses: list[PausedTold] = Field(description="所给的各次暂停：是否扣除及理由")
    days: list[DayTold]


class KeptBack(BaseModel):
    """A record that cannot be sent, and every reason."""

    record: dict[str, str]
    reasons: list[str] = Field(description="全部原因")


class ExchangeTold(BaseModel):
    """The records of some days for another platform."""

    kind: str
    title: str
    since: date
    until: date
    fields: dict[str, str] = Field(description="各字段的名称")
    records: list[dict[str, str]] = Field(description="可以报送的记录")
    kept_back: list[KeptBack] = Field(description="不能报送的记录和原因")
