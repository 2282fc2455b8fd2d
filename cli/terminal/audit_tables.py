"""The audit of the law as Markdown: a table per statute, and one per process."""

from collections.abc import Iterable, Mapping

from cli.terminal.drawing import chairs_of, clocks_of, papers_of
from domain.lookup.law_audit import Demand, demands, demands_on
from domain.rulebook.rulebook import Rulebook

HEAD = """# 法律核对

本页由 `yisong rules audit --out docs/law-audit.md` 从 `config/` 生成，请勿手改；
有测试核对它是最新的。
每项法定要求写明由什么承担；没有任何东西承担的，`yisong check` 不通过。
"""


def audit_tables(rules: Rulebook, statutes: Iterable[str], processes: Iterable[str]) -> str:
    """The page of some statutes and processes; HEAD stands on top."""
    lines = [HEAD]
    for key in statutes:
        lines += _statute(rules, key)
    carried = demands_on(rules)
    for key in processes:
        lines += _process(rules, key, carried)
    return "\n".join(lines)


def _statute(rules: Rulebook, key: str) -> Iterable[str]:
    one = rules.checklists[key]
    yield f"## 《{rules.instruments[one.instrument].title}》 `{key}`"
    yield ""
    yield "| 条文 | 要求 | 由什么承担 |"
    yield "|---|---|---|"
    for demand in demands(rules, key):
        mark = "" if demand.article.evidence == "text" else "〔待法制核对〕"
        yield f"| {demand.article.article}{mark} | {demand.says} | {carried_by(demand)} |"
    for article, reason in one.aside.items():
        yield f"| {rules.citations[article].article} | 不涉及办案步骤 | {reason} |"
    yield ""


def carried_by(demand: Demand) -> str:
    """The carriers of a demand in words, by kind."""
    kinds: dict[str, list[str]] = {}
    for one in demand.carriers:
        kinds.setdefault(one.kind, []).append(one.label)
    told = [f"{kind}：{'；'.join(labels)}" for kind, labels in kinds.items()]
    return "<br>".join([*told, *([f"人：{demand.person}"] if demand.person else [])])


def _process(rules: Rulebook, key: str, carried: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    lifecycle = rules.lifecycles[key]
    yield f"## {lifecycle.label} `{key}`"
    yield ""
    yield "| 操作 | 依据 | 谁 | 时限 | 文书 | 承担的法定要求 |"
    yield "|---|---|---|---|---|---|"
    for name, one in lifecycle.actions.items():
        cells = (
            f"{one.label} `{name}`",
            "、".join(rules.cite(basis) for basis in one.basis),
            chairs_of(rules, one),
            "；".join(clocks_of(rules, one)) or "—",
            "、".join(papers_of(rules, one)) or "—",
            "、".join(carried[f"{key}.{name}"]) or "—",
        )
        yield f"| {' | '.join(cells)} |"
    yield ""
