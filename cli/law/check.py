"""`yisong check`: everything that is wrong with the rulebook and the templates, at once."""

import time

import typer

from documents.output.rulebook_check import check_kinds
from documents.templates.check import check_all
from domain.files.column_mapping import ColumnMapping, read_mappings
from domain.rulebook.mapping_check import check_mappings
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_reading import CONFIG, read_rulebook
from domain.shapes.yaml_source import Problem, read_source
from flows.rehearsal.demo_check import check_demo


def check() -> None:
    """检查规则库、列对照表、演示数据和文书模板；有误时逐条指出文件和行，退出码为1。"""
    started = time.perf_counter()
    rules, problems = read_rulebook(CONFIG)
    mappings, misfits = read_mappings(CONFIG / "mappings")
    if not problems:
        problems += _against(rules, mappings)
    lines = [str(one) for one in sorted([*problems, *misfits])]
    lines += [str(one) for one in check_all()]
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


def _against(rules: Rulebook, mappings: dict[str, ColumnMapping]) -> list[Problem]:
    """What does not fit a rulebook that holds together: with another, this would be its echo."""
    # Prefect takes seconds to import, and only this command looks at the flows' tables.
    from cli.law.flow_check import check_flows  # noqa: PLC0415

    source, _ = read_source(CONFIG / "documents.yaml", CONFIG)
    return [
        *check_mappings(rules, mappings),
        *check_kinds(rules, source),
        *check_flows(rules),
        *check_demo(rules, CONFIG / "demo"),
    ]
