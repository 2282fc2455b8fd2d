"""Templates in the browser: examined with every reason, uploaded, judged by another, then used."""

import re
from io import BytesIO

import pytest
from docx import Document

from documents.templates.kinds import load_all
from documents.templates.package import build_package, read_members
from documents.templates.template_files import TEMPLATES
from tests.documents.wps_file import as_wps_saved
from tests.web.conftest import Workbench
from tests.web.helpers.template_files import KIND, changed, examine, uploaded

pytestmark = pytest.mark.early


def test_every_kind_is_listed_and_has_its_page(workbench: Workbench) -> None:
    legal = workbench.at("legal")

    text = legal.get("/templates").text

    listed = set(re.findall(r'href="/templates/(\w+)"', text))
    assert listed == set(workbench.office.rules.documents) == set(load_all())
    for kind in sorted(listed):
        assert legal.get(f"/templates/{kind}").status_code == 200, kind


def test_a_kind_tells_its_fields_sample_and_what_is_in_force(workbench: Workbench) -> None:
    legal = workbench.at("legal")

    text = legal.get(f"/templates/{KIND}").text
    template = legal.get(f"/templates/{KIND}/file").content
    sample = legal.get(f"/templates/{KIND}/sample").content

    for told in ("系统自带", "没有上传过新版本", "必填", "选填", "日期", "XS20261016-0007"):
        assert told in text
    assert template == (TEMPLATES / KIND / "template.docx").read_bytes()
    assert "XS20261016-0007" in _texts(sample)


def test_a_file_is_refused_with_every_reason_and_place_and_the_note_stays(
    workbench: Workbench,
) -> None:
    raw = changed("{{ 线索编好 }}{{ 转办理由.__class__ }}")

    answer = examine(workbench.at("legal"), raw, note="按2026年范本修改")

    assert answer.status_code == 422
    assert "是否指“线索编号”" in answer.text
    assert "不能读取“__class__”" in answer.text
    [count] = re.findall(r"有(\d+)处有误，不能使用", answer.text)
    assert answer.text.count('class="place">正文，第') == int(count) >= 2
    assert 'value="按2026年范本修改"' in answer.text
    assert "没有上传过新版本" in answer.text


def test_a_file_is_chosen_first(workbench: Workbench) -> None:
    answer = workbench.at("legal").post(f"/templates/{KIND}/check", data={"note": "x"})

    assert answer.status_code == 422
    assert "请选择模板文件" in answer.text


def test_a_file_that_wps_saved_is_examined_and_its_writer_forgotten(workbench: Workbench) -> None:
    """Built from what is known of WPS: no file of WPS itself is among the tests."""
    shipped = (TEMPLATES / KIND / "template.docx").read_bytes()

    text = examine(workbench.at("legal"), as_wps_saved(shipped)).text

    assert "检查合格，尚未上传" in text
    assert "已经去掉：起草人姓名、WPS 账号和设备标识" in text
    assert "文字与使用中的模板相同，只有版式不同" in text


def test_a_fit_file_is_tried_with_the_sample_before_it_is_uploaded(workbench: Workbench) -> None:
    legal = workbench.at("legal")

    contents, _ = read_members(changed("本局转办{{ 线索编号 }}"))
    with_font = build_package({**contents, "word/fonts/font1.odttf": b"font"})

    text = examine(legal, with_font).text

    assert "检查合格，尚未上传" in text
    assert "已经去掉：嵌入的字体1个：打印时使用本机的同名字体" in text
    assert "本局转办XS20261016-0007" in text
    assert "本局转办{{ 线索编号 }}" in text
    [link] = re.findall(rf'href="(/templates/{KIND}/tried/\w+)"', text)
    trial = legal.get(link).content
    assert "本局转办XS20261016-0007" in _texts(trial)
    assert workbench.at("health_legal").get(link).status_code == 404
    assert "没有上传过新版本" in legal.get(f"/templates/{KIND}").text


def test_a_template_without_a_required_fact_is_refused(workbench: Workbench) -> None:
    text = examine(workbench.at("legal"), changed("")).text

    assert "缺少必填事实“线索编号”，请写上 {{ 线索编号 }}" in text
    assert "检查合格" not in text


def test_an_approved_version_is_used_by_the_next_document(workbench: Workbench) -> None:
    keeper, second = workbench.at("administrator"), workbench.at("health_legal")
    place = uploaded(keeper, changed("本局转办{{ 线索编号 }}"), note="按范本")

    waiting = second.get("/templates").text
    assert f'href="{place}"' in waiting
    assert "1个待审核" in waiting
    assert second.post(f"{place}/approve").status_code == 303
    workbench.walk("register", "dispatch")

    assert "本局转办XS2026000001" in workbench.story.text(KIND)
    legal = workbench.at("legal")
    listed = legal.get("/templates").text
    assert "吕管理上传，褚法规审核" in listed
    assert "使用中" in legal.get(place).text


def test_the_uploader_cannot_approve_and_is_told_why(workbench: Workbench) -> None:
    legal = workbench.at("legal")
    place = uploaded(legal, changed("本局转办{{ 线索编号 }}"))

    page = legal.get(place).text
    approving = legal.post(f"{place}/approve")
    rejecting = legal.post(f"{place}/reject", data={"reason": "不行"})

    assert "须由另一名法制人员或者管理员审核启用" in page
    assert f'action="{place}/approve"' not in page
    for answer in (approving, rejecting):
        assert answer.status_code == 422
        assert "模板须由上传人以外的另一人审核" in answer.text
    assert "待审核" in legal.get(place).text
    assert legal.post(f"{place}/retire", data={"reason": "传错了"}).status_code == 303
    assert "已撤回" in legal.get(place).text


def test_a_second_person_rejects_with_a_reason(workbench: Workbench) -> None:
    legal, second = workbench.at("administrator"), workbench.at("health_legal")
    place = uploaded(legal, changed("本局转办{{ 线索编号 }}"))

    unsaid = second.post(f"{place}/reject", data={"reason": " "})
    said = second.post(f"{place}/reject", data={"reason": "与范本不一致"})

    assert unsaid.status_code == 422
    assert "请写明不予启用理由" in unsaid.text
    assert said.status_code == 303
    text = legal.get(f"/templates/{KIND}").text
    assert "未通过" in text
    assert "与范本不一致" in text
    assert second.post(f"{place}/approve").status_code == 422


def test_a_retired_version_gives_way_to_the_shipped_one(workbench: Workbench) -> None:
    legal, second = workbench.at("administrator"), workbench.at("health_legal")
    place = uploaded(legal, changed("本局转办{{ 线索编号 }}"))
    second.post(f"{place}/approve")

    refused = second.post(f"{place}/retire", data={"reason": "格式有误"})
    assert refused.status_code == 422
    assert "共用的模板由管理员停用" in refused.text
    assert legal.post(f"{place}/retire", data={"reason": "格式有误"}).status_code == 303

    text = legal.get(f"/templates/{KIND}").text
    assert "已停用" in text
    assert "格式有误" in text
    assert legal.get(f"/templates/{KIND}/file").content == _shipped()


def test_an_organs_own_template_is_its_own_on_the_pages(workbench: Workbench) -> None:
    """Market uploads its own; health neither lists nor may judge it, and prints the base."""
    legal, other = workbench.at("legal"), workbench.at("health_legal")
    place = uploaded(legal, changed("本局转办{{ 线索编号 }}"))

    assert "只用于示例市市场监督管理局制发的文书" in legal.get(f"/templates/{KIND}").text
    listed, seen = other.get("/templates").text, other.get(place).text
    assert place not in listed + other.get(f"/templates/{KIND}").text
    assert "待审核</span>" not in listed
    assert 'action="/templates/versions' not in seen
    answer = other.post(f"{place}/approve")
    assert answer.status_code == 422
    assert "示例市市场监督管理局的模板由该机关的另一名法制人员或者管理员审核" in answer.text
    files = {
        "organ": "shili-market",
        "key": re.findall(
            r'name="key" value="(\w+)"', examine(other, changed("x{{ 线索编号 }}")).text
        )[0],
    }
    meddled = other.post(f"/templates/{KIND}/versions", data=files)
    assert meddled.status_code == 422
    assert "由该机关的法制人员上传" in meddled.text

    keeper = workbench.at("administrator")
    assert "1个待审核" in keeper.get("/templates").text
    assert keeper.post(f"{place}/approve").status_code == 303
    assert "有本机关模板：示例市市场监督管理局" in keeper.get("/templates").text
    own = legal.get(f"/templates/{KIND}/file").content
    assert own != other.get(f"/templates/{KIND}/file").content == _shipped()


def test_the_same_file_is_not_uploaded_twice(workbench: Workbench) -> None:
    legal = workbench.at("legal")
    raw = changed("本局转办{{ 线索编号 }}")
    uploaded(legal, raw)

    [key] = re.findall(r'name="key" value="(\w+)"', examine(legal, raw).text)
    again = legal.post(f"/templates/{KIND}/versions", data={"key": key, "note": "再传"})
    gone = legal.post(f"/templates/{KIND}/versions", data={"key": "0" * 32})

    assert again.status_code == 422
    assert "同一文件已上传为第1号模板" in again.text
    assert 'value="再传"' in again.text
    assert "请重新上传" in gone.text


@pytest.mark.parametrize("chair", ["handler", "head", "supervisor", "police", "desk"])
def test_templates_are_for_their_keepers(workbench: Workbench, chair: str) -> None:
    place = uploaded(workbench.at("legal"), changed("本局转办{{ 线索编号 }}"))
    client = workbench.at(chair)

    for path in ("/templates", f"/templates/{KIND}", place, f"{place}/file"):
        assert client.get(path).status_code == 403, path
    assert client.post(f"{place}/approve").status_code == 403


def test_an_auditor_reads_and_changes_nothing(workbench: Workbench) -> None:
    place = uploaded(workbench.at("legal"), changed("本局转办{{ 线索编号 }}"))
    auditor = workbench.at("auditor")

    page = auditor.get(place).text
    answer = auditor.post(f"{place}/approve")

    assert "<textarea" not in page
    assert answer.status_code == 422
    assert "由法制人员或者管理员维护" in answer.text


def test_what_there_is_not_is_not_found(workbench: Workbench) -> None:
    legal = workbench.at("legal")

    for path in ("love_letter", "love_letter/file", "versions/99", "versions/99/file"):
        assert legal.get(f"/templates/{path}").status_code == 404, path
    assert legal.post("/templates/versions/99/approve").status_code == 404


def _shipped() -> bytes:
    return (TEMPLATES / KIND / "template.docx").read_bytes()


def _texts(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [one.text for table in document.tables for row in table.rows for one in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])
