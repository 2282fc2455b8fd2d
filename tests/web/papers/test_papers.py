"""Documents: read on the page, taken byte by byte as they were issued."""

from dataclasses import replace
from hashlib import sha256
from urllib.parse import unquote

import pytest

from flows.afterwards.outbox import claim, fail
from flows.systems.seal_service import NotSealed
from flows.systems.sealing import seal_document
from tests.helpers.story import Story
from tests.web.conftest import Workbench
from tests.web.helpers.callers import system


def test_document_is_taken_as_it_was_issued(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")
    [paper] = workbench.story.papers("dispatch_slip")

    answer = workbench.at("handler").get(f"/documents/{paper.id}/file")

    assert sha256(answer.content).hexdigest() == paper.sha256
    name = unquote(answer.headers["content-disposition"])
    assert number in name
    assert "线索转办单" in name


def test_document_is_read_on_the_page(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")
    [paper] = workbench.story.papers("dispatch_slip")

    text = workbench.at("handler").get(f"/documents/{paper.id}/view").text

    assert str(paper.number) in text
    assert "示例市市场监督管理局" in text
    assert f'href="/clues/{number}"' in text


def test_a_sealed_file_stands_beside_the_paper_on_its_page_and_in_the_interface(
    workbench: Workbench,
) -> None:
    """It waits, fails with its reason and a button, is tried again, and is taken as it came."""
    home = workbench.office.settings.home
    program = f"cat {home}/seal {{input}} > {{output}}"
    command = {"seal_command": f"sh -c '{program}'", "seal_format": "docx"}
    settings = workbench.office.settings.model_copy(update=command)
    office = replace(workbench.office, settings=settings)
    bench = Workbench(office, workbench.clock, Story(office))
    number = bench.walk("register", "dispatch")
    [paper] = bench.story.papers("dispatch_slip")
    place, desk = f"/documents/{paper.id}", bench.at("desk")

    assert "等待加盖" in desk.get(f"{place}/view").text
    assert desk.get(f"{place}/sealed").status_code == 404
    [job] = [one for one in claim(office, bench.clock(), "test") if one.task == "seal_document"]
    with pytest.raises(NotSealed):
        seal_document(office, job, bench.clock())
    fail(office, job, "", bench.clock())
    text = desk.get(f"{place}/view").text
    assert "印章程序以1退出" in text
    assert "再试一次" in text
    assert "再试一次" not in bench.at("handler").get(f"{place}/view").text
    refused = bench.at("handler").post(f"{place}/seal")
    assert refused.status_code == 422
    assert "由制发机关（" in refused.text
    assert desk.post(f"{place}/seal").status_code == 303

    (home / "seal").write_bytes(b"%PDF-1.7 /ByteRange ")
    [job] = [one for one in claim(office, bench.clock(), "test") if one.task == "seal_document"]
    seal_document(office, job, bench.clock())
    page = desk.get(f"{place}/view").text
    assert "文件中有电子签名" in page
    assert "下载盖章文件（PDF）" in page
    taken = desk.get(f"{place}/sealed")
    assert taken.content == b"%PDF-1.7 /ByteRange " + office.shelf.get(paper.sha256)
    assert "已盖章.pdf" in unquote(taken.headers["content-disposition"])
    again = system(bench, "desk")
    items = again.get(f"/api/v1/clues/{number}/documents").json()["items"]
    told = next(one for one in items if one["id"] == paper.id)
    assert again.get(told["sealed_url"]).content == taken.content
    assert told["sealed_sha256"] == sha256(taken.content).hexdigest()
    assert "加盖电子印章" in bench.at("auditor").get("/audit/events").text


def test_page_of_a_clue_tells_clocks_day_by_day(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept")
    clock = workbench.story.running("cx18")
    client = workbench.at("handler")

    page = client.get(f"/clues/{number}").text
    own = client.get(f"/clues/{number}/clocks/{clock.id}").text

    assert "起算日，不计" in page
    assert "第1日" in own
    assert client.get(f"/clues/{number}/clocks/999").status_code == 404


def test_lead_sees_who_is_silent_and_what_the_others_said(workbench: Workbench) -> None:
    workbench.story.walk("register", "dispatch", "accept")
    workbench.story.does("verify", cooperating=["shili-health", "shili-urban"])
    workbench.story.does("part.submit", findings="未发现食源性疾病", opinion="建议继续核查")
    number = workbench.walk()

    text = workbench.at("handler").get(f"/clues/{number}").text
    joint = text.split('id="joint"')[1].split("</section>")[0]

    assert "未发现食源性疾病" in joint
    assert joint.count("待反馈") == 1
    assert "示例市城市管理局" in joint
