"""An office elsewhere adds its own region, organs, matter and mapping: everything still fits."""

from dataclasses import replace
from pathlib import Path

import pytest

from cli.law.flow_check import check_flows
from documents.output.rulebook_check import check_kinds
from domain.files.column_mapping import load_mappings, recognise
from domain.routing.routing import RoutingText, route
from domain.rulebook.mapping_check import check_mappings
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_reading import layers, load_rulebook
from domain.shapes.yaml_source import Source
from flows.rehearsal.demo_check import check_demo
from flows.site.office import Office
from flows.upkeep.department_tree import tree_of
from tests.helpers.adopting import adopt
from tests.helpers.story import ACCEPTED, Story


@pytest.fixture
def adopted(config: Path) -> Rulebook:
    """The rulebook with what the office elsewhere added."""
    adopt(config)
    return load_rulebook(config)


def test_what_is_added_fits_in_with_what_is_shipped(config: Path, adopted: Rulebook) -> None:
    mappings = load_mappings(layers(config))

    assert check_mappings(adopted, mappings, layers(config)) == []
    assert check_kinds(adopted, Source("config/documents.yaml", {})) == []
    assert check_flows(adopted) == []
    assert check_demo(adopted, config / "demo") == []


def test_a_complaint_is_routed_to_the_added_organ(adopted: Rulebook) -> None:
    text = RoutingText("湖区游船无证载客", "武曲市东湖有人用渔船载客。")

    found = route(text, adopted.routing, "wuqu", "wuqu-hotline")

    assert (found.matter, found.lead) == ("lake_boats", "wuqu-market")
    assert found.cooperating == ("wuqu-police",)


def test_the_added_area_stands_beside_the_others(adopted: Rulebook) -> None:
    names = {one.id: one.name for one in tree_of(adopted.departments)}

    assert names["wuqu"] == "武曲市"
    assert "shandong" in names


def test_a_file_of_the_added_platform_is_recognised(config: Path, adopted: Rulebook) -> None:
    mappings = load_mappings(layers(config))

    assert recognise(("武曲单号", "武曲来电时刻", "武曲诉求"), mappings) == "wuqu"
    assert recognise(("工单编号", "来电时间", "诉求内容"), mappings) == "12345"


def test_a_clue_of_the_shipped_city_goes_its_way_unchanged(
    office: Office, adopted: Rulebook
) -> None:
    before, after = Story(office), Story(replace(office, rules=adopted))
    for story in (before, after):
        story.walk(*ACCEPTED)

    assert after.row().department_id == before.row().department_id
    assert after.open_rules() == before.open_rules()
    assert after.due("cx18") == before.due("cx18")
