"""Templates belong to legal staff: examined, approved by a second person, kept for ever."""

from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from sqlmodel import col, select

from documents.templates.kinds import load_template
from documents.templates.template_files import TEMPLATES
from documents.values.codes import shown_code
from domain.lifecycle.plan import Refused
from domain.situation.situation import CHINA
from domain.tables.record import Event
from domain.tables.template import BASE, TemplateVersion
from flows.door.template_in_force import (
    LARGEST,
    TemplateUnfit,
    all_in_force,
    check_in_force,
    lint,
    list_versions,
    state_of,
    versions_in_force,
)
from flows.site.event_chain import verify
from flows.site.office import Office
from flows.site.store import reading
from flows.upkeep.template_keeping import Brought, approve, reject, retire, upload
from tests.helpers.people import actor
from tests.helpers.story import Story

KIND = "dispatch_slip"
NOW = datetime(2026, 5, 10, 9, 0, tzinfo=CHINA)


def _shipped(kind: str = KIND) -> bytes:
    return (TEMPLATES / load_template(kind).kind / "template.docx").read_bytes()


def _changed(before: str, after: str, kind: str = KIND) -> bytes:
    made = BytesIO()
    with ZipFile(BytesIO(_shipped(kind))) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                assert before.encode() in content
                content = content.replace(before.encode(), after.encode(), 1)
            new.writestr(ZipInfo(name), content)
    return made.getvalue()


def _better(text: str = "本局转办") -> bytes:
    return _changed("{{ 线索编号 }}", text + "{{ 线索编号 }}")


def _brought(office: Office, raw: bytes, at: datetime) -> TemplateVersion:
    return upload(office, Brought(KIND, raw, BASE), (actor("administrator"), at))


def _in_force(office: Office, raw: bytes, at: datetime = NOW) -> TemplateVersion:
    version = _brought(office, raw, at)
    return approve(office, version.id or 0, actor("legal"), at)


def _reasons(refused: pytest.ExceptionInfo[Refused]) -> str:
    return "\n".join(str(one) for one in refused.value.reasons)


def _events(office: Office) -> list[tuple[str, str, str]]:
    with reading(office.engine) as session:
        query = select(Event).where(col(Event.process_kind) == "template")
        rows = session.exec(query.order_by(col(Event.seq)))
        return [(one.action, one.to_state, one.actor_id) for one in rows]


def test_an_approved_version_is_used_and_recorded(story: Story) -> None:
    version = _in_force(story.office, _better())

    story.walk("register", "dispatch")

    [paper] = story.papers(KIND)
    assert paper.template_sha256 == version.sha256
    assert "本局转办XS2026000001" in story.text(KIND)


def test_what_waits_for_approval_is_not_used(story: Story) -> None:
    _brought(story.office, _better(), NOW)

    story.walk("register", "dispatch")

    assert story.papers(KIND)[0].template_sha256 == load_template(KIND).sha256


def test_the_newest_approved_version_counts_not_the_newest_upload(story: Story) -> None:
    first = _brought(story.office, _better("甲"), NOW)
    second = _brought(story.office, _better("乙"), NOW)
    for number, version in enumerate((second, first)):
        moment = NOW + timedelta(minutes=number)
        approve(story.office, version.id or 0, actor("health_legal"), moment)

    story.walk("register", "dispatch")

    assert "甲XS2026000001" in story.text(KIND)


def test_retiring_brings_back_the_version_before_and_then_the_shipped_one(story: Story) -> None:
    office = story.office
    first = _in_force(office, _better("甲"))
    second = _in_force(office, _better("乙"), NOW + timedelta(hours=1))
    used: list[str] = []

    for version in (second, first):
        retire(office, version.id or 0, "格式有误", (actor("administrator"), NOW))
        with reading(office.engine) as session:
            used += [versions_in_force(session, office).get(KIND, version).sha256]

    assert used == [first.sha256, first.sha256]
    story.walk("register", "dispatch")
    assert story.papers(KIND)[0].template_sha256 == load_template(KIND).sha256


def test_old_versions_stay(office: Office) -> None:
    first = _in_force(office, _better("甲"))
    second = _in_force(office, _better("乙"), NOW + timedelta(hours=1))
    retire(office, second.id or 0, "格式有误", (actor("administrator"), NOW))

    with reading(office.engine) as session:
        versions = list_versions(session, KIND)
        current = all_in_force(session, office)

    assert [state_of(one, current) for one in versions] == ["使用中", "已停用"]
    assert office.shelf.get(first.sha256) == _better("甲")
    assert office.shelf.get(second.sha256) == _better("乙")


def test_a_superseded_version_says_so(office: Office) -> None:
    _in_force(office, _better("甲"))
    _in_force(office, _better("乙"), NOW + timedelta(hours=1))
    _brought(office, _better("丙"), NOW)

    with reading(office.engine) as session:
        current = all_in_force(session, office)
        states = [state_of(one, current) for one in list_versions(session)]

    assert states == ["已被新版取代", "使用中", "待审核"]


def test_the_uploader_may_not_approve(office: Office) -> None:
    version = _brought(office, _better(), NOW)

    with pytest.raises(Refused) as refused:
        approve(office, version.id or 0, actor("administrator"), NOW)

    assert "上传人以外的另一人" in _reasons(refused)


@pytest.mark.parametrize("chair", ["handler", "head", "principal", "auditor", "supervisor"])
def test_others_than_legal_staff_keep_their_hands_off(office: Office, chair: str) -> None:
    version = _brought(office, _better(), NOW)

    with pytest.raises(Refused):
        upload(office, Brought(KIND, _better("乙"), BASE), (actor(chair), NOW))
    with pytest.raises(Refused):
        approve(office, version.id or 0, actor(chair), NOW)
    with pytest.raises(Refused):
        retire(office, version.id or 0, "格式有误", (actor(chair), NOW))


def test_an_organ_prints_its_own_version_else_the_base(story: Story) -> None:
    """Market's return letter of its own is market's alone; health prints the base."""
    office, kind = story.office, "return_letter"
    own, base = (_changed("{{ 线索编号 }}", f"{one}{{{{ 线索编号 }}}}", kind) for one in "甲乙")
    market = upload(office, Brought(kind, own, "shili-market"), (actor("legal"), NOW))
    approve(office, market.id or 0, actor("administrator"), NOW)
    shared = upload(office, Brought(kind, base, BASE), (actor("administrator"), NOW))
    approve(office, shared.id or 0, actor("health_legal"), NOW + timedelta(hours=1))

    story.walk("register", "dispatch", "return")

    assert story.papers(kind)[0].template_sha256 == market.sha256
    assert "甲XS2026000001" in story.text(kind)
    with reading(office.engine) as session:
        health = versions_in_force(session, office, "shili-health")[kind]
        rows = list_versions(session, kind)
        assert [state_of(one, all_in_force(session, office)) for one in rows] == ["使用中"] * 2
    assert health.sha256 == shared.sha256


def test_legal_staff_change_neither_another_organs_template_nor_the_base(office: Office) -> None:
    own = upload(office, Brought(KIND, _better("甲"), "shili-market"), (actor("legal"), NOW))
    shared = _in_force(office, _better("乙"))
    other = (actor("health_legal"), NOW)
    told = []

    for attempt in (
        lambda: upload(office, Brought(KIND, _better("丙"), "shili-market"), other),
        lambda: upload(office, Brought(KIND, _better("丙"), BASE), other),
        lambda: approve(office, own.id or 0, *other),
        lambda: reject(office, own.id or 0, "不行", other),
        lambda: retire(office, own.id or 0, "不行", other),
        lambda: retire(office, shared.id or 0, "不行", other),
        lambda: upload(
            office, Brought(KIND, _better("丙"), "shili-market"), (actor("administrator"), NOW)
        ),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        told.append(_reasons(refused))

    market = "示例市市场监督管理局的模板由该机关的"
    for words, said in zip(
        (
            market + "法制人员上传",
            "共用的模板由管理员上传",
            market + "另一名法制人员或者管理员审核",
            market + "另一名法制人员或者管理员审核",
            market + "法制人员停用",
            "共用的模板由管理员停用；本机关要用另外的版本，请上传本机关的模板",
            market + "法制人员上传",
        ),
        told,
        strict=True,
    ):
        assert words in said


def test_approving_twice_or_after_retirement_is_refused(office: Office) -> None:
    version = _in_force(office, _better())
    with pytest.raises(Refused) as twice:
        approve(office, version.id or 0, actor("health_legal"), NOW)
    retire(office, version.id or 0, "格式有误", (actor("administrator"), NOW))
    with pytest.raises(Refused) as retired:
        approve(office, version.id or 0, actor("health_legal"), NOW)

    assert "已经审核启用" in _reasons(twice)
    assert "已经停用" in _reasons(retired)


def test_a_second_person_turns_a_version_down_with_a_reason_on_record(office: Office) -> None:
    version = _brought(office, _better(), NOW)
    with pytest.raises(Refused) as own:
        reject(office, version.id or 0, "不行", (actor("administrator"), NOW))
    with pytest.raises(Refused) as unsaid:
        reject(office, version.id or 0, " ", (actor("health_legal"), NOW))

    turned_down = reject(office, version.id or 0, "与范本不一致", (actor("health_legal"), NOW))

    assert "上传人以外的另一人" in _reasons(own)
    assert "请写明不予启用理由" in _reasons(unsaid)
    assert state_of(turned_down, {}) == "未通过"
    assert _events(office)[-1] == ("reject", "rejected", "health_legal")
    with pytest.raises(Refused) as late:
        approve(office, version.id or 0, actor("administrator"), NOW)
    assert "已经停用" in _reasons(late)


def test_an_unfit_file_is_refused_with_every_complaint_and_its_place(office: Office) -> None:
    raw = _changed("{{ 线索编号 }}", "{{ 线索编好 }}{{ 转办理由.__class__ }}")

    with pytest.raises(TemplateUnfit) as unfit:
        _brought(office, raw, NOW)

    told = "\n".join(str(one) for one in unfit.value.complaints)
    assert "“线索编好”不是本文书的事实，是否指“线索编号”？" in told
    assert "不能读取“__class__”" in told
    assert all("正文" in line and "段" in line for line in told.splitlines())
    assert _events(office) == []


def test_a_file_that_is_no_word_file_or_too_large_is_refused(office: Office) -> None:
    for raw in (b"not a word file", b"PK\x03\x04" + b"0" * LARGEST):
        with pytest.raises(TemplateUnfit):
            _brought(office, raw, NOW)


def test_the_same_file_is_not_uploaded_twice(office: Office) -> None:
    _brought(office, _better(), NOW)

    with pytest.raises(Refused) as again:
        _brought(office, _better(), NOW)
    with pytest.raises(Refused) as shipped:
        _brought(office, _shipped(), NOW)

    assert "已上传为第1号模板" in _reasons(again)
    assert "系统自带的模板完全相同" in _reasons(shipped)


def test_a_kind_nobody_knows_is_named_with_those_there_are(office: Office) -> None:
    with pytest.raises(LookupError, match=r"没有文书种类「love_letter」.*dispatch_slip"):
        upload(office, Brought("love_letter", _better(), BASE), (actor("administrator"), NOW))


def test_a_template_without_a_required_fact_is_refused(office: Office) -> None:
    found = lint(office, KIND, _changed("{{ 线索编号 }}", ""))

    assert [str(one) for one in found.complaints] == [
        "全文：缺少必填事实“线索编号”，请写上 {{ 线索编号 }}"
    ]


@pytest.mark.parametrize("name", ["转办单.docm", "转办单.doc", "转办单"])
def test_a_file_that_is_no_docx_by_name_is_refused(office: Office, name: str) -> None:
    [complaint] = lint(office, KIND, _better(), name).complaints

    assert f"文件名，{name}：模板应为 .docx 文件" in str(complaint)


def test_a_template_may_print_the_verification_code(story: Story) -> None:
    _in_force(story.office, _changed("{{ 线索编号 }}", "{{ 线索编号 }}　校验码：{{ 校验码 }}"))

    story.walk("register", "dispatch")

    code = story.papers(KIND)[0].code
    assert f"校验码：{shown_code(code)}" in story.text(KIND)


def test_every_step_is_in_the_audit_chain(office: Office) -> None:
    version = _in_force(office, _better())
    retire(office, version.id or 0, "格式有误", (actor("administrator"), NOW))

    assert _events(office) == [
        ("upload", "waiting", "administrator"),
        ("approve", "approved", "legal"),
        ("retire", "retired", "administrator"),
    ]
    with reading(office.engine) as session:
        assert verify(session, office.keys.chain).holds


def test_versions_in_force_are_examined_again_when_the_program_changes(
    office: Office,
) -> None:
    _in_force(office, _better())
    with reading(office.engine) as session:
        assert check_in_force(session, office) == []

    damaged = office.shelf.put(b"damaged")
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE template_version SET sha256 = ?", (damaged,))

    with reading(office.engine) as session:
        [complaint] = check_in_force(session, office)
    assert complaint.startswith("第1号模板（dispatch_slip）")
