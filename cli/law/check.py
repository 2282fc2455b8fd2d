"""`yisong check`: everything that is wrong with the rulebook and the templates, at once."""

import time
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from cli.terminal.context import fail, rules_in_files, site_folder
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
from flows.site.office import UnknownSetting, store_at
from flows.upkeep.known_names import unknown_in


def check(
    ctx: typer.Context,
    against: Annotated[
        str | None,
        typer.Option(metavar="URL", help="并核对这个数据库里的状态、时限、文书等本程序是否都认得"),
    ] = None,
) -> None:
    """检查规则库、列对照表、演示数据和文书模板；有误时逐条指出文件和行，退出码为1。"""
    started = time.perf_counter()
    site = site_folder(ctx)
    rules, problems = read_rulebook(CONFIG, site)
    mappings, misfits = read_mappings(layers(CONFIG, site))
    if not problems:
        problems += _against(rules, mappings, site)
    lines = [str(one) for one in sorted([*problems, *misfits])]
    lines += [*map(str, check_all()), *_own_templates(site)]
    lines += _unknown_in(against, ctx) if against and not problems else []
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


def _unknown_in(url: str, ctx: typer.Context) -> list[str]:
    """What the rows of a database name and nothing here knows."""
    try:
        engine = store_at(url)
    except UnknownSetting as problem:
        raise fail(str(problem)) from problem
    try:
        return unknown_in(engine, rules_in_files(ctx))
    except DBAPIError as problem:
        raise fail(f"数据库 {url} 打不开或者读不了，请核对地址") from problem
    finally:
        engine.dispose()


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
