"""A site's own folder of configuration, laid over the shipped one: from the example to a site."""

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from cli.upkeep.example import EXAMPLE
from documents.templates.template_files import TEMPLATES
from domain.rulebook.rulebook_reading import CONFIG, layers, read_rulebook
from domain.shapes.yaml_layers import read_layers
from flows.door.template_in_force import shipped_template
from flows.imports.incoming_file import mappings
from flows.site.office import open_office
from flows.site.settings import Settings
from tests.helpers.spoiling import spoil

ROOT = Path(__file__).parents[2]
PLACES = re.compile("示例市|示例县|shili|shixian|山东|济南|潍坊|威海")
FICTITIOUS = ("documents/drafting", "documents/output/extremes.py", "flows/rehearsal")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example, as its site would change it."""
    folder = tmp_path / "wuqu"
    assert yisong("example", folder)[0] == 0
    monkeypatch.setenv("YISONG_CONFIG", str(folder))
    return folder


def yisong(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(one) for one in words])
    return done.exit_code, done.output


def test_a_site_of_its_own_is_begun_from_the_example(site: Path, tmp_path: Path) -> None:
    """Nothing of the demonstration's city or of another province is there."""
    home = ("--home", tmp_path / "home")

    code, told = yisong(
        *home, "init", "--user", "wang", "--name", "王", "--department", "wuqu-market"
    )
    assert code == 0, told
    assert f"YISONG_CONFIG={site.resolve()}" in (tmp_path / "home" / "site.env").read_text("utf-8")

    _, told = yisong(*home, "departments")
    assert "wuqu-transport" in told
    assert "交通运输" in told
    assert not PLACES.search(told)
    assert "wang" in yisong(*home, "users", "王")[1]
    assert "是否应为 wuqu-market？" in yisong(*home, "department", "show", "wuqu-markt")[1]
    assert "是否应为 wuqu-market？" in yisong(*home, "list", "--department", "武曲市市场监管局")[1]
    assert "是否应为 wang？" in yisong(*home, "show", "XS2026000001", "--as", "wangg")[1]


def test_the_layers_of_a_site_are_what_it_works_with(site: Path, tmp_path: Path) -> None:
    """A department's telephone, a mapping's areas, a calendar year, a Word file of the site."""
    (site / "ladders.yaml").write_text("standard: {label: 本站阶梯}\n", encoding="utf-8")
    (site / "templates" / "return_letter").mkdir(parents=True)
    shutil.copy(TEMPLATES / "redirect_notice" / "template.docx", site / "templates/return_letter")
    office = open_office(Settings(home=tmp_path / "home"))
    try:
        rules = office.rules
        assert set(rules.regions) == {"hubei"}
        assert {one.area for one in rules.departments.values()} == {"wuqu"}
        assert rules.matters["lake_boats"].lead == "transport"
        assert rules.ladders["standard"].label == "本站阶梯"
        assert rules.ladders["standard"].rungs
        assert rules.discretion == {}
        known = mappings(office.settings.layers)
        assert set(known) == {"12345", "online-supervision"}
        assert known["12345"].values["area"] == {"武曲": "wuqu", "武曲市": "wuqu"}
        assert "工单编号" in known["12345"].columns["outside_no"]
        word = (site / "templates/return_letter/template.docx").read_bytes()
        assert len(word) == len((TEMPLATES / "redirect_notice/template.docx").read_bytes())
        assert shipped_template(office, "return_letter").folders[-1] == site / "templates"
    finally:
        office.engine.dispose()


def test_check_names_the_layer_of_every_fault(site: Path) -> None:
    own = site / "departments.yaml"
    line = spoil(site, "departments.yaml", "function: market", "function: markt")
    (site / "departmnts.yaml").write_text("{}\n", encoding="utf-8")
    with (site / "matters.yaml").open("a", encoding="utf-8") as stream:
        stream.write("gass: !remove\n")

    code, told = yisong("check")

    assert code == 1
    lines = told.splitlines()
    assert f"本站 {own}:{line}: 未知的部门职能 markt，是否应为 market？" in lines
    strange = "没有这个名称的配置文件，不会读取，是否应为 departments.yaml？"
    assert f"本站 {site}/departmnts.yaml:1: {strange}" in lines
    assert any(
        one.startswith(f"本站 {site}/matters.yaml:")
        and one.endswith("没有可以去掉的 gass，是否应为 gas？")
        for one in lines
    )
    assert len(lines) == 4


def test_a_fault_of_the_shipped_file_stays_the_shipped_files(config: Path, site: Path) -> None:
    line = spoil(config, "departments.yaml", "function: market", "function: markt")

    _, [problem] = read_rulebook(config, site)

    assert (problem.file, problem.line) == ("config/departments.yaml", line)


def test_what_is_replaced_or_removed_leaves_nothing_behind(tmp_path: Path) -> None:
    lower, upper = tmp_path / "a", tmp_path / "b"
    for folder, text in (
        (lower, "x: {p: 1, q: 2}\ny: {p: 1}\nz: [1, 2]\nw: {p: {q: 1}}\n"),
        (upper, "x: !replace {q: 3}\ny: !remove\nz: [3]\nw: {p: {r: 2}}\n"),
    ):
        folder.mkdir()
        (folder / "f.yaml").write_text(text, encoding="utf-8")

    source, problems = read_layers("f.yaml", (lower, upper))

    assert problems == []
    assert source.data == {"x": {"q": 3}, "z": [3], "w": {"p": {"q": 1, "r": 2}}}
    assert source.file_of("w", "p", "q") == "a/f.yaml"
    assert source.file_of("w", "p", "r") == f"本站 {upper}/f.yaml"
    assert source.file_of("z", 0) == f"本站 {upper}/f.yaml"


def test_a_site_that_names_no_folder_or_one_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "yisong example DIR" in yisong("--home", tmp_path, "init")[1]

    monkeypatch.setenv("YISONG_CONFIG", str(tmp_path / "nowhere"))
    for words in (("check",), ("list",), ("init",)):
        code, told = yisong("--home", tmp_path, *words)
        assert code == 2
        assert "YISONG_CONFIG：没有" in told


def test_the_example_fits_what_is_shipped() -> None:
    _, problems = read_rulebook(CONFIG, EXAMPLE)

    assert problems == []
    assert layers(CONFIG, EXAMPLE) == (CONFIG, EXAMPLE)


def test_no_code_or_page_knows_a_place_by_name() -> None:
    """Places are configuration: a site elsewhere never reads of the demonstration's city."""
    files = [
        path
        for room in ("domain", "documents", "flows", "web", "cli")
        for path in (ROOT / room).rglob("*")
        if path.suffix in {".py", ".html", ".js", ".css"}
    ]
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in files
        if not str(path.relative_to(ROOT)).startswith(FICTITIOUS)
        for line in path.read_text(encoding="utf-8").splitlines()
        if PLACES.search(line)
    ]

    # How people name places, whichever it is; an example in a docstring.
    known = {"domain/duplicates/names.py", "domain/routing/competence.py"}
    assert {one.partition(":")[0] for one in found} <= known, found
