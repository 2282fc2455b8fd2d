"""Rosters at the workbench: a file previewed, taken in, adjusted, and hidden from other areas."""

from pathlib import Path

from flows.rosters.people_import import import_people
from tests.helpers.rosters import code_of, firm, keeper_at, write_csv
from tests.web.conftest import Workbench


def _send(
    workbench: Workbench, tmp_path: Path, *rows: dict[str, object], by: str = "handler"
) -> str:
    """Somebody sends a file in; where its confirmation goes."""
    path = write_csv(tmp_path / "名录.csv", list(rows))
    with path.open("rb") as stream:
        seen = workbench.at(by).post(
            "/rosters/import",
            data={"roster": "subjects"},
            files={"file": ("名录.csv", stream, "text/csv")},
        )
    assert seen.status_code == 200
    return seen.text.partition('action="/rosters/import/subjects/')[2].partition('"')[0]


def _taken(
    workbench: Workbench, tmp_path: Path, *rows: dict[str, object], by: str = "handler"
) -> str:
    key = _send(workbench, tmp_path, *rows, by=by)
    done = workbench.at(by).post(f"/rosters/import/subjects/{key}", data={"name": "名录.csv"})
    return done.text


def test_a_file_is_previewed_row_by_row_and_registered_only_when_confirmed(
    workbench: Workbench, tmp_path: Path
) -> None:
    handler = workbench.at("handler")
    key = _send(workbench, tmp_path, firm(1), firm(2, 标签="不明"))
    assert code_of(1) not in handler.get("/rosters").text

    done = handler.post(f"/rosters/import/subjects/{key}", data={"name": "名录.csv"})

    assert "已新增<strong>1</strong>行" in done.text
    assert "“不明”不在名录的用语里" in done.text
    listed = handler.get("/rosters?tag=catering").text
    assert code_of(1) in listed
    assert code_of(2) not in listed


def test_an_adjustment_asks_for_its_reason_and_ends_tags_from_today(
    workbench: Workbench, tmp_path: Path
) -> None:
    _taken(workbench, tmp_path, firm(1))
    handler, path = workbench.at("handler"), f"/rosters/subjects/{code_of(1)}"
    form = {"name": "示例市1号餐饮有限公司", "status": "cancelled", "version": "1"}

    refused = handler.post(path, data=form)
    assert refused.status_code == 422
    assert "请写明调整的理由" in refused.text

    kept = handler.post(path, data={**form, "reason": "登记机关核准注销"})
    assert kept.status_code == 303
    seen = handler.get(path).text
    assert "注销，不再抽取" in seen
    assert "登记机关核准注销" in seen
    assert '2026-05-11</td><td data-label="至">2026-05-11' in seen
    again = handler.post(path, data={**form, "reason": "再改"})
    assert "刚刚被他人更改" in again.text


def test_a_subject_shows_its_clues_to_whom_they_are_visible(
    workbench: Workbench, tmp_path: Path
) -> None:
    number = workbench.walk("register")
    with_party = workbench.office.engine.connect()
    name = with_party.exec_driver_sql("SELECT subject_name FROM clue").scalar_one()
    with_party.close()
    _taken(workbench, tmp_path, firm(1, 名称=name))

    path = f"/rosters/subjects/{code_of(1)}"

    assert number in workbench.at("supervisor").get(path).text
    assert number not in workbench.at("urban").get(path).text


def test_a_class_is_shown_to_supervision_only_and_a_roster_to_its_own_area(
    workbench: Workbench, tmp_path: Path
) -> None:
    """不公开、不作为处理依据: the class only decides how large a share is drawn."""
    graded = firm(1, 信用风险等级="D", 评价日期="2026-05-01")
    path = f"/rosters/subjects/{code_of(1)}"

    assert "提示：1行填写的“信用等级”没有登记" in _taken(workbench, tmp_path, graded)
    assert "信用风险等级</dt>" not in workbench.at("supervisor").get(path).text
    _taken(workbench, tmp_path, graded, by="supervisor")

    assert "信用风险等级</dt><dd>D" in workbench.at("supervisor").get(path).text
    assert "信用风险等级</dt>" not in workbench.at("handler").get(path).text
    assert workbench.at("county").get(path).status_code == 404
    assert workbench.at("police").get("/rosters").status_code == 403


def test_an_officer_who_must_avoid_is_noted_with_the_ground(
    workbench: Workbench, tmp_path: Path
) -> None:
    _taken(workbench, tmp_path, firm(1))
    handler, path = workbench.at("handler"), f"/rosters/subjects/{code_of(1)}/avoidances"

    unknown = handler.post(path, data={"certificate_no": "X", "ground": "kin"})

    assert unknown.status_code == 422
    assert "执法检查人员名录中没有这个执法证号" in unknown.text


def test_a_frame_is_tried_out_with_its_sizes_and_gaps_before_anything_is_drawn(
    workbench: Workbench, tmp_path: Path
) -> None:
    """威海办法第十四条: shares by class, drawn class by class."""
    _taken(workbench, tmp_path, *(firm(one) for one in range(1, 22)))
    handler = workbench.at("handler")
    shares = {f"share.{one}": "5%" for one in ("A", "B", "C", "D", "E")}

    missing = handler.get("/rosters/frame", params={"matter": "catering", **shares})
    assert missing.status_code == 422
    assert "未分级：没有填写比例" in missing.text

    seen = handler.get(
        "/rosters/frame", params={"matter": "catering", **shares, "share.未分级": "５％"}
    )
    assert seen.status_code == 200
    assert '<td data-label="名录中" class="num">21</td>' in seen.text
    assert '<td data-label="应抽" class="num">2</td>' in seen.text
    assert "执法人员不足两名" in seen.text


def test_a_frame_is_told_while_its_shares_are_being_filled_in(
    workbench: Workbench, tmp_path: Path
) -> None:
    """What is not filled in yet is asked for without a complaint, and the figures follow."""
    _taken(workbench, tmp_path, *(firm(one) for one in range(1, 22)))
    handler = workbench.at("handler")
    shares = {f"share.{one}": "5%" for one in ("A", "B", "C", "D", "E")}
    typing = {"HX-Request": "true"}

    begun = handler.get("/rosters/frame", params={"matter": "catering", **shares}, headers=typing)
    filled = handler.get(
        "/rosters/frame",
        params={"matter": "catering", **shares, "share.未分级": "10%"},
        headers=typing,
    )

    assert begun.status_code == 200
    assert "下列1处填写以后显示试算结果" in begun.text
    assert "不能试算" not in begun.text
    assert '<td data-label="应抽" class="num">3</td>' in filled.text


def test_an_officer_leaves_the_list_with_a_reason(workbench: Workbench, tmp_path: Path) -> None:
    row = {"姓名": "甲某", "执法证号": "M1", "有效期至": "2026-06-20"}
    path = write_csv(tmp_path / "人员.csv", [row])
    import_people(keeper_at(workbench.office), path, "人员.csv", "officers")
    handler = workbench.at("handler")
    assert "即将到期" in handler.get("/rosters/officers").text
    assert "移出名录" not in workbench.at("urban").get("/rosters/officers").text

    refused = handler.post("/rosters/officers/1/leave", data={"reason": ""})
    done = handler.post("/rosters/officers/1/leave", data={"reason": "调离"})

    assert "请写明移出名录的理由" in refused.text
    assert done.status_code == 303
    assert "甲某" not in handler.get("/rosters/officers").text
