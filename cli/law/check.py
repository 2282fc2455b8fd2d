"""`yisong check`: everything that is wrong with the rulebook and the templates, at once."""

import time
from pathlib import Path

import typer

from cli.terminal.context import site_folder
from documents.output.rulebook_check import check_kinds
from documents.templates.check import check_all
from documents.templates.template_files import SHIPPED, template_folders
from domain.files.column_mapping import ColumnMapping, read_mappings
from domain.rulebook.mapping_check import check_mappings
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_reading import CONFIG, layers, read_rulebook
from domain.shapes.yaml_layers import SITE_FILE, read_layers
from domain.shapes.yaml_source import Problem
from flows.rehearsal.demo_check import check_demo


def check(ctx: typer.Context) -> None:
    """检查规则库、列对照表、演示数据和文书模板；有误时逐条指出文件和行，退出码为1。"""
    started = time.perf_counter()
    site = site_folder(ctx)
    rules, problems = read_rulebook(CONFIG, site)
    mappings, misfits = read_mappings(layers(CONFIG, site))
    if not problems:
        problems += _against(rules, mappings, site)
    lines = [str(one) for one in sorted([*problems, *misfits])]
    lines += [*map(str, check_all()), *_own_templates(site)]
    for line in lines:
        typer.echo(line, err=True)
    if lines:
        typer.echo(f"共{len(lines)}处有误。", err=True)
        raise typer.Exit(1)
    actions = sum(len(one.actions) for one in rules.lifecycles.values())
    typer.echo(
        f"规则库无误：{len(rules.citations)}条依据、{len(rules.deadlines)}项时限、"
        f"{len(rules.lifecycles)}个流程{actions}项操作、{len(rules.matters)}项监管事项、"
        f"{len(rules.departments)}个部门、{len(rules.offences)}个罪名、"
        f"{len(rules.documents)}种文书（{time.perf_counter() - started:.1f}秒）。"
    )
    if site is not None:
        typer.echo(f"随系统发布的 {CONFIG}，本站的 {site}。")


def _own_templates(site: Path | None) -> list[str]:
    """What is wrong with the templates that the site has of its own."""
    *_, own = template_folders(site)
    if (own,) == SHIPPED:
        return []
    return [f"{SITE_FILE}{own}：{one}" for one in check_all(own, SHIPPED)]


def _against(
    rules: Rulebook, mappings: dict[str, ColumnMapping], site: Path | None
) -> list[Problem]:
    """What does not fit a rulebook that holds together: with another, this would be its echo."""
    # Prefect takes seconds to import, and only this command looks at the flows' tables.
    from cli.law.flow_check import check_flows  # noqa: PLC0415

    roots = layers(CONFIG, site)
    source, _ = read_layers("documents.yaml", roots)
    # The demonstration's people serve its own city.
    demonstration = check_demo(rules, CONFIG / "demo") if site is None else []
    return [
        *check_mappings(rules, mappings, roots),
        *check_kinds(rules, source, template_folders(site)),
        *check_flows(rules),
        *demonstration,
    ]
