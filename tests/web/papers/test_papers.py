"""Documents: read on the page, taken byte by byte as they were issued."""

from hashlib import sha256
from urllib.parse import unquote

from tests.web.conftest import Workbench


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
