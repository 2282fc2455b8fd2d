"""The rehearsal's 联合行政处罚: one act, two organs, two decisions in their own names, one fine."""

from sqlmodel import Session, col, select

from domain.tables.attachment import Attachment
from domain.tables.process import Process
from domain.tables.record import IssuedDocument
from domain.tables.undertaking import Undertaking
from flows.door.attachments import Upload, add_attachment
from flows.papers.recognition import recognise
from flows.rehearsal.beats import dispatched, signed, verified
from flows.rehearsal.clockwork import Story, side_by_side
from flows.rehearsal.scene import Scene
from flows.rehearsal.stories.penalty import UNLAWFUL, filed, to_the_end
from flows.rehearsal.stories.undertaken import Undertaken, begin
from flows.rehearsal.wording import article, found, subject_of
from flows.site.store import reading

ACT = "安排没有健康合格证明的人员直接为顾客服务"
FACTS = "当事人餐厅、客房各有从业人员没有有效健康合格证明即上岗服务。"
RECORD = "visit_record"
LIMIT = "5000"


def jointly_penalised(first: Scene, second: Scene) -> Story:
    """Both departments verify and file; they join, share, discuss, agree, and each one decides.

    `first` proposes and warns, `second` fines: one act has one fine (行政处罚法第二十九条).
    """
    for one in (first, second):
        dispatched(one)
    yield from side_by_side(_to_case(first), _to_case(second))
    joint = begin(
        first.stage,
        first.who("handler"),
        "joint_proceeding.propose",
        title=f"{subject_of(first)}从业人员健康证明案",
        clue_no=first.no,
        departments=[second.holder],
        common_facts=FACTS,
        why_joint="同一次检查发现同一事实，两个部门都有处罚权，一次查清。",
        respond_by=first.days(5, "17:00").date().isoformat(),
    )
    yield first.days(1, "09:40")
    joint.does(second.who("handler"), "joint_case.join", _part(joint, second), clue_no=second.no)
    yield first.days(1, "10:20")
    _shared(joint, first, second)
    yield first.days(1, "14:30")
    _discussed(joint, first, second)
    yield first.days(1, "09:30")
    for one in (first, second):
        joint.does(one.who("head"), "joint_case.agree", _part(joint, one))
    yield from side_by_side(to_the_end(first), to_the_end(second))


def _to_case(scene: Scene) -> Story:
    yield from signed(scene)
    yield from verified(scene, "unlawful", UNLAWFUL)
    yield from filed(scene)


def _part(joint: Undertaken, scene: Scene) -> int:
    """The id of a department's part in the proceeding."""
    [own] = [one for one in joint.processes("joint_case") if one.department_id == scene.holder]
    return own.id or 0


def _shared(joint: Undertaken, first: Scene, second: Scene) -> None:
    """The record of the visit is evidence of one case, is given to the other and accepted there."""
    office, handler = joint.stage.office, second.who("handler")
    with reading(office.engine) as session:
        content = office.shelf.get(_record_of_visit(session, second).sha256)
    record = Upload("现场检查笔录.docx", content, "现场检查笔录", "record")
    row = add_attachment(office, second.clue_id, record, handler, joint.now)
    joint.does(handler, "joint_case.share_evidence", _part(joint, second), evidence_ids=f"{row.id}")
    with reading(office.engine) as session:
        given = session.exec(
            select(Attachment.id).where(
                col(Attachment.clue_id) == first.clue_id, col(Attachment.sha256) == row.sha256
            )
        ).one()
    opinion = "同一次检查，记录完整，当事人核对签名，可以作为本案证据。"
    recognise(office, given or 0, opinion, first.who("handler"), joint.now)


def _record_of_visit(session: Session, scene: Scene) -> IssuedDocument:
    query = (
        select(IssuedDocument)
        .join(Process, col(Process.id) == col(IssuedDocument.process_id))
        .join(Undertaking, col(Undertaking.id) == col(IssuedDocument.clue_id))
        .where(
            col(IssuedDocument.kind) == RECORD,
            col(Process.department_id) == scene.holder,
            col(Undertaking.no) == scene.order.number,
        )
    )
    return session.exec(query.order_by(col(IssuedDocument.id).desc()).limit(1)).one()


def _discussed(joint: Undertaken, first: Scene, second: Scene) -> None:
    """Two fines for one act are refused; the organ whose rule has the higher one fines alone."""
    told: dict[str, object] = {
        "discussed_at": joint.now.isoformat(),
        "place": "示例市市场监督管理局305会议室",
        "chair": first.who("head").name,
        "attendees": [_attendee(joint, first), _attendee(joint, second)],
        "common_facts": found(first),
        "opinions": "两案事实相同，是同一违法行为，由卫生健康部门罚款，市场监督管理部门给予警告。",
    }
    handler = first.who("handler")
    both = [_row(first, "2000", "", LIMIT), _row(second, "3000", "警告", LIMIT)]
    joint.is_refused(handler, "joint_proceeding.discuss", acts=both, **told)
    one = [_row(first, "", "警告", "0"), _row(second, f"{second.told.fine}", "", LIMIT)]
    joint.does(handler, "joint_proceeding.discuss", None, acts=one, **told)


def _attendee(joint: Undertaken, scene: Scene) -> dict[str, str]:
    organ = joint.stage.office.rules.departments[scene.holder].name
    return {"部门": organ, "姓名": scene.who("handler").name, "职务": "办案人员"}


def _row(scene: Scene, fine: str, other: str, limit: str) -> dict[str, str]:
    organ = scene.stage.office.rules.departments[scene.holder].name
    return {
        "违法行为": ACT,
        "部门": organ,
        "依据": article(scene, "punishes"),
        "罚款上限": limit,
        "拟罚款": fine,
        "其他处罚": other,
    }
