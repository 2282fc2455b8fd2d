"""`yisong check`: everything that is wrong with the rulebook and the templates, at once."""

import time

import typer

from documents.templates.check import check_all
from documents.templates.kinds import TEMPLATES
from domain.files.column_mapping import read_mappings
from domain.rulebook.rulebook_reading import CONFIG, read_rulebook


def check() -> None:
    """检查规则库、列对照表和文书模板；有误时逐条指出文件和行，退出码为1。"""
    started = time.perf_counter()
    rules, problems = read_rulebook()
    problems += read_mappings(CONFIG / "mappings")[1]
    lines = [str(one) for one in sorted(problems)]
    lines += [
        f"config/documents.yaml: 文书 {kind} 没有模板 templates/{one.template}"
        for kind, one in rules.documents.items()
        if not (TEMPLATES / one.template / "template.docx").is_file()
    ]
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
