"""Referrals: for whom they were delivered, with packet, limits, all acts and the next step."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from cli.main import app
from domain.tables.process import Process
from flows.site.moment import set_moment
from flows.site.store import reading
from tests.helpers.filled_forms import filled
from tests.helpers.story import APPROVED, RECEIVED
from tests.web.conftest import Workbench
from tests.web.helpers.browser_form import as_sent
from tests.web.helpers.plain_html import complaints

DELIVERED = (*APPROVED, "referral.deliver")


def page_of(workbench: Workbench) -> str:
    """The address of the story's referral."""
    return f"/referrals/{workbench.story.processes('referral')[-1].id}"


@pytest.mark.parametrize(
    "chair",
    ["police", "procuratorate", "handler", "head", "principal", "legal", "supervisor", "auditor"],
)
def test_every_party_reads_a_delivered_referral(workbench: Workbench, chair: str) -> None:
    number = workbench.walk(*DELIVERED)
    client = workbench.at(chair)

    listed, page = client.get("/referrals"), client.get(page_of(workbench))

    assert number in listed.text
    assert page.status_code == 200
    assert "仅有名称，没有上传文件" in page.text
    assert "材料齐全</span>" not in page.text
    assert complaints(listed.text) == complaints(page.text) == []


def test_page_command_and_file_tell_the_same_of_what_the_packet_lacks(
    workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """310号令第六条: whoever asks, and wherever, learns of the same gaps in the same words."""
    number = workbench.walk(*DELIVERED)
    page = unescape(workbench.at("police").get(page_of(workbench)).text)
    taken = workbench.at("police").get(f"{page_of(workbench)}/packet.zip").content
    home, file = str(workbench.office.settings.home), str(tmp_path / "案卷.zip")

    monkeypatch.setattr("cli.terminal.context.prepare", lambda engine: None)
    set_moment(workbench.office, workbench.story.now)
    told = CliRunner().invoke(app, ["--home", home, "bundle", number, "-o", file])
    assert told.exit_code == 0, told.output

    with ZipFile(BytesIO(taken)) as packet, ZipFile(file) as whole:
        readme = packet.read("README.txt").decode()
        catalogue = packet.read("00 目录.txt").decode()
        check = whole.read("材料核对.txt").decode()
    [verdict] = re.findall("核对结果：(.+)", readme)
    assert "2种仅有名称，没有上传文件：检验报告、现场笔录" in verdict
    assert all(verdict in one for one in (page, told.output, check, catalogue))
    assert catalogue.count("（仅有名称）") == 2
    parts = re.findall("^　　(\\S+)　([^（\n]+)", told.output, re.MULTILINE)
    assert len(parts) == 5
    for standing, title in parts:
        assert f"　　{standing}　{title}" in check
        row = page.partition(f">{title}</th>")[2].partition("</tr>")[0]
        assert standing in row


@pytest.mark.parametrize("chair", ["county_police", "health", "urban_head", "county"])
def test_nobody_else_knows_of_it(workbench: Workbench, chair: str) -> None:
    number = workbench.walk(*DELIVERED)
    client = workbench.at(chair)

    assert number not in client.get("/referrals").text
    assert client.get(page_of(workbench)).status_code == 404
    assert client.get(f"{page_of(workbench)}/packet.zip").status_code == 404


@pytest.mark.parametrize("chair", ["desk", "administrator"])
def test_other_chairs_have_no_such_page(workbench: Workbench, chair: str) -> None:
    assert workbench.at(chair).get("/referrals").status_code == 403


@pytest.mark.parametrize("chair", ["police", "procuratorate"])
def test_what_is_not_delivered_is_not_there(workbench: Workbench, chair: str) -> None:
    number = workbench.walk(*APPROVED)
    client = workbench.at(chair)

    assert number not in client.get("/referrals").text
    assert client.get(page_of(workbench)).status_code == 404


def test_co_operating_department_is_no_party_to_the_referral(workbench: Workbench) -> None:
    workbench.story.walk("register", "dispatch", "accept")
    workbench.story.does("verify", cooperating=["shili-health"])
    workbench.story.walk("part.submit", "conclude", "refer", "referral.approve")
    number = workbench.walk("referral.deliver")

    assert workbench.at("health").get(f"/clues/{number}").status_code == 200
    assert workbench.at("health").get(page_of(workbench)).status_code == 404
    assert number not in workbench.at("health").get("/referrals").text


def test_police_see_nothing_else_of_the_clue(workbench: Workbench) -> None:
    number = workbench.walk(*DELIVERED)
    client = workbench.at("police")

    text = client.get(page_of(workbench)).text

    assert "鑫源食品" in text
    assert "刘小民" not in text
    assert "13800001234" not in text
    assert "线索核查情况报告" not in text
    assert "线索转办单" not in text
    assert "《涉嫌犯罪案件移送审批表》" not in text
    assert client.get(f"/screening/{number}").status_code == 403
    assert "facts_found" not in client.get(f"/clues/{number}/do/case/record_facts").text
    for paper in workbench.story.papers():
        is_theirs = paper.process_kind == "referral" and paper.kind != "transfer_approval"
        expected = 200 if is_theirs else 404
        assert client.get(f"/documents/{paper.id}/file").status_code == expected


def test_packet_holds_the_papers_with_catalogue_and_check_values(workbench: Workbench) -> None:
    workbench.walk(*DELIVERED)

    answer = workbench.at("police").get(f"{page_of(workbench)}/packet.zip")

    names = ZipFile(BytesIO(answer.content)).namelist()
    assert answer.headers["content-type"] == "application/zip"
    assert "SHA256SUMS" in names
    assert any("案件移送书" in one for one in names)
    assert any("调查报告" in one for one in names)
    assert not any("核查情况报告" in one or "转办单" in one for one in names)


def test_next_step_is_offered_to_whom_it_belongs(workbench: Workbench) -> None:
    workbench.walk(*DELIVERED)
    address = page_of(workbench)

    police = workbench.at("police").get(address).text
    handler = workbench.at("handler").get(address).text
    procuratorate = workbench.at("procuratorate").get(address).text

    assert "/do/referral/receipt/" in police
    assert "/do/referral/receipt/" not in handler
    assert "/do/referral/receipt/" not in procuratorate
    assert "等待公安联络员" in handler


def test_limits_of_the_police_are_told_with_their_article(workbench: Workbench) -> None:
    workbench.walk(*RECEIVED)

    text = workbench.at("police").get(page_of(workbench)).text

    assert "公安立案审查" in text
    assert "《行政执法机关移送涉嫌犯罪案件的规定》第八条" in text
    assert "逐日说明" in text
    assert "公安机关签收回执" in text


def test_what_the_other_side_did_is_told_in_its_words(workbench: Workbench) -> None:
    workbench.story.walk(*RECEIVED)
    workbench.story.does("referral.refuse", refusal_ground="情节显著轻微，不构成犯罪")
    workbench.walk()

    text = workbench.at("head").get(page_of(workbench)).text

    assert "公安不予立案" in text
    assert "情节显著轻微，不构成犯罪" in text
    assert "/do/referral/reconsider/" in text
    assert "/do/referral/ask_supervision/" in text


def test_procuratorate_answers_a_proposal_of_supervision(workbench: Workbench) -> None:
    workbench.story.walk(*RECEIVED, "referral.refuse", "referral.ask_supervision")
    workbench.walk()

    text = workbench.at("procuratorate").get(page_of(workbench)).text

    assert "立案监督中" in text
    assert "/do/referral/ask_reasons/" in text
    assert "应当先办理「要求说明不立案理由」" in text
    assert "公安机关尚未书面说明不立案理由" in text


def test_forwarded_referral_leaves_those_who_forwarded_it(workbench: Workbench) -> None:
    workbench.story.walk(*DELIVERED)
    workbench.story.does("referral.receipt", competent="elsewhere")
    workbench.story.does("referral.forward", police="shixian-police")
    number = workbench.walk()

    assert number in workbench.at("county_police").get("/referrals").text
    assert number not in workbench.at("police").get("/referrals").text


def test_ended_referrals_are_on_a_list_of_their_own(workbench: Workbench) -> None:
    number = workbench.walk(*RECEIVED, "referral.file", "referral.hand_over", "referral.close")
    client = workbench.at("police")

    assert number not in client.get("/referrals").text
    assert number in client.get("/referrals?ended=true").text


def test_missing_parts_are_named_before_delivery(workbench: Workbench) -> None:
    workbench.walk(*APPROVED)
    address = page_of(workbench)
    with reading(workbench.office.engine) as session:
        row = session.get_one(Process, workbench.story.processes("referral")[-1].id)
        assert row.facts.get("materials")

    text = workbench.at("handler").get(address).text

    assert "✓ 有" in text
    assert "/do/referral/deliver/" in text


@pytest.mark.parametrize("chair", ["police", "procuratorate", "head", "supervisor"])
def test_clue_leads_to_its_referral(workbench: Workbench, chair: str) -> None:
    number = workbench.walk(*DELIVERED)

    text = workbench.at(chair).get(f"/clues/{number}").text

    assert f'href="{page_of(workbench)}"' in text


def test_clue_does_not_lead_where_one_may_not_go(workbench: Workbench) -> None:
    number = workbench.walk(*DELIVERED)

    assert "/referrals/" not in workbench.at("desk").get(f"/clues/{number}").text


def test_the_police_begin_with_what_waits_for_them_and_stay_with_their_referral(
    workbench: Workbench,
) -> None:
    workbench.walk(*RECEIVED)
    police = workbench.at("police")

    text = police.get("/referrals").text
    assert '<a href="/referrals?waiting=true" aria-current="true">等本机关</a>' in text
    form = re.search(r'href="(/clues/[^"]+/do/referral/file/\d+)">立案侦查', text)
    assert form
    given = as_sent(
        workbench.office.rules.lifecycles["referral"].actions["file"].form,
        filled("referral", "file", workbench.clock()),
    )
    sent = police.post(form[1], data=given)
    assert sent.headers["location"].startswith(f"{page_of(workbench)}?done=")
    assert "「立案侦查」已办理" in police.get(sent.headers["location"]).text
    assert 'aria-current="true">办理中' in police.get("/referrals?waiting=false").text
