"""Document numbers: an organ goes on with the count it had, and never leaves a gap."""

from tests.web.conftest import Workbench


def test_an_organ_goes_on_with_its_own_count_and_cannot_change_it_later(
    workbench: Workbench,
) -> None:
    client = workbench.at("administrator")
    organ = workbench.office.settings.desk
    short = workbench.office.rules.departments[organ].short
    series = workbench.office.rules.documents["dispatch_slip"].series
    form = {"organ": organ, "year": "2026", "series": series}

    assert f"{short}{series}〔2026〕1号" in client.get("/admin/numbers").text
    for serial, told in (("0", "1至99999"), ("甲", "1至99999"), ("100000", "1至99999")):
        refused = client.post("/admin/numbers", data={**form, "serial": serial})
        assert (refused.status_code, told in refused.text) == (422, True)
    assert (
        "2026年、2027年"
        in client.post("/admin/numbers", data={**form, "year": "2025", "serial": "5"}).text
    )
    for serial in ("30", "47"):  # nothing was numbered yet: it may be changed
        saved = client.post("/admin/numbers", data={**form, "serial": serial})
        assert saved.status_code == 303
    assert f"{short}{series}〔2026〕47号" in client.get(saved.headers["location"]).text

    workbench.walk("register", "dispatch")
    [slip] = workbench.story.papers("dispatch_slip")
    assert (slip.number, slip.serial) == (f"{short}{series}〔2026〕47号", 47)
    client = workbench.at("administrator")
    late = client.post("/admin/numbers", data={**form, "serial": "60"})
    assert late.status_code == 422
    assert "不能再改" in late.text
    assert f"{short}{series}〔2026〕48号" in client.get(f"/admin/numbers?organ={organ}").text
    mark = {"organ": organ, "short": "示新热", "from_day": "2026-12-01"}
    for wrong, told in (
        ({"from_day": ""}, "请填写生效日期"),
        ({"from_day": "2020-01-01"}, "不得早于今天"),
        ({"short": "示新热〔2026〕"}, "只用汉字、字母和数字"),
        ({"short": "示 新热"}, "只用汉字、字母和数字"),
        ({"short": "示市监"}, "另一个部门（示例市市场监督管理局）正在使用"),
    ):
        refused = client.post("/admin/numbers/mark", data={**mark, **wrong})
        assert (refused.status_code, told in refused.text) == (422, True)
    saved = client.post("/admin/numbers/mark", data=mark)
    page = client.get(saved.headers["location"]).text
    assert f"「{short}」至2026-12-01前、「示新热」自2026-12-01起" in page
    told = workbench.at("auditor").get("/audit/events").text
    assert "设定文号起始号" in told
