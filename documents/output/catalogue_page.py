"""The documents as Markdown, one section for each process: made from the rulebook and templates."""

from collections.abc import Iterator, Mapping

from documents.templates.kinds import FormField, TemplateForm, load_all
from domain.rulebook.rulebook import Rulebook
from domain.shapes.entries import DocumentKind
from domain.shapes.lifecycles import Transition

HEAD = """# 文书

本页由 `yisong document page` 从 `config/` 和 `templates/` 生成，请勿手改；有测试核对它是最新的。

- 版面按 GB/T 9704-2012：每面22行、每行28字；函用信函格式，请示、报告、通报用文件格式，
  执法文书和表格不用红头。
- 依据后的〔待法制核对〕表示未见条文原文。文书正文引用这类依据时只写名称，不写条号。
- 空着的选填项印“/”；笔录、回证等由当事人、执法人员手填的地方留空。
- 每份文书印有8位校验码（公文、函在附注，文书、表格在末尾），`yisong document verify` 据此核对真伪。

## 全国范本没有而法律要求的内容

| 文书 | 范本缺少 | 本系统的做法 |
|---|---|---|
| 涉嫌犯罪案件移送书 | 涉嫌罪名、案件主办人、移送材料清单 | 写在所附的《涉嫌犯罪案件移送附页》 |
| 涉嫌犯罪案件移送书 | 公安机关签收的回执 | 附在书后，单独一页；载明接收时间、是否齐全、补正 |
| 涉案物品清单 | 特征、存放地点 | 以范本第24号为底表增加两栏 |
| 涉嫌犯罪案件移送审批表 | 没有单独的审批表 | 以范本第8号为底表自拟 |
| 先行登记保存证据处理通知书 | 范本为解除通知书，不载处理决定 | 同时载明处理决定和解除 |
| 查封、扣押物品移送告知书 | – | 物品随案移交公安机关时制发，同时终止查封、扣押期限 |
| 行政执法监督决定书 | 没有全国范本 | 由监督机构拟制，本级人民政府作出、编号 |

12345工单的收件回执由回写文件代替；其他部门移送、上级交办的，登记时出具《收件回执》。
"""


def draw_documents(rules: Rulebook) -> str:
    """The whole page; every kind stands once, where it is first issued."""
    forms = {kind: template.form for kind, template in load_all().items()}
    sections = [HEAD]
    for process, kinds in families(rules).items():
        label = rules.lifecycles[process].label
        sections.append(f"## {label}（{len(kinds)}种）\n")
        sections.append("\n".join(_table(rules, kinds)))
        sections += [_entry(rules, kind, forms[rules.documents[kind].template]) for kind in kinds]
    return "\n".join(sections)


def families(rules: Rulebook) -> dict[str, list[str]]:
    """The kinds by the process that first issues them; each kind stands once."""
    found: dict[str, list[str]] = {}
    placed: set[str] = set()
    for process, _, action in _actions(rules):
        for issue in action.issues:
            if issue.document not in placed:
                placed.add(issue.document)
                found.setdefault(process, []).append(issue.document)
    return found


def _actions(rules: Rulebook) -> Iterator[tuple[str, str, Transition]]:
    first = (
        "clue",
        "verification",
        "dispute",
        "case",
        "referral",
        "duty_crime",
        "request",
        "supervision",
    )
    for process in (*first, *(key for key in rules.lifecycles if key not in first)):
        for name, action in rules.lifecycles[process].actions.items():
            yield process, name, action


def _table(rules: Rulebook, kinds: list[str]) -> Iterator[str]:
    yield "| 文书 | 制发时的操作 | 制发人 | 签发 | 主送 | 文号 | 依据 |"
    yield "|---|---|---|---|---|---|---|"
    for kind in kinds:
        one = rules.documents[kind]
        cells = (
            f"[{one.title}](#{kind}) `{kind}`",
            "、".join(_issued_by(rules, kind)),
            "、".join(_chairs(rules, kind)),
            rules.roles[one.signer].label,
            one.to,
            f"机关代字{one.series}〔年〕号" if one.series else _unnumbered(one),
            "；".join(rules.cite(basis) for basis in one.basis),
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def _unnumbered(one: DocumentKind) -> str:
    return "由本级人民政府编号" if one.issuer == "government" else "不编号"


def _issued_by(rules: Rulebook, kind: str) -> list[str]:
    return [
        f"{rules.lifecycles[process].label}·{action.label}"
        for process, _, action in _actions(rules)
        if kind in {issue.document for issue in action.issues}
    ]


def _chairs(rules: Rulebook, kind: str) -> list[str]:
    found = [
        rules.roles[role].label if role in rules.roles else "随上一操作"
        for _, _, action in _actions(rules)
        if kind in {issue.document for issue in action.issues}
        for role in action.by
    ]
    return list(dict.fromkeys(found))


def _entry(rules: Rulebook, kind: str, form: TemplateForm) -> str:
    one = rules.documents[kind]
    fields: Mapping[bool, list[FormField]] = {
        needed: [field for field in form.fields if field.required is needed]
        for needed in (True, False)
    }
    lines = [
        f'### <a id="{kind}"></a>{one.title}',
        "",
        f"- 何时制发：{one.when}。" + (f"份数：{form.copies}。" if form.copies else ""),
        f"- 必填事实：{_names(fields[True])}",
        f"- 选填事实：{_names(fields[False])}",
        f"- 依法必备：{_demanded(rules, form)}",
        f"- 待法制核对：{_open(rules, one, form)}",
    ]
    return "\n".join([*lines, ""])


def _names(fields: list[FormField]) -> str:
    return "、".join(field.name for field in fields) or "无"


def _demanded(rules: Rulebook, form: TemplateForm) -> str:
    """What a statute demands of the paper, by article; else why nothing is."""
    if not form.demanded:
        return form.nothing_demanded.rstrip("。")
    by_article: dict[str, list[str]] = {}
    for one in form.demanded:
        instead = f"（或者{'、'.join(one.unless)}）" if one.unless else ""
        by_article.setdefault(one.demanded_by, []).append(one.name + instead)
    return "；".join(
        f"{'、'.join(names)}（{rules.cite(basis)}）" for basis, names in by_article.items()
    )


def _open(rules: Rulebook, one: DocumentKind, form: TemplateForm) -> str:
    unseen = [
        f"{rules.citations[basis].title}{rules.citations[basis].article}未见原文"
        for basis in one.basis
        if rules.citations[basis].evidence in {"memory", "secondary"}
    ]
    note = form.note.rstrip("。")
    return "；".join(filter(None, (note, *unseen))) + "。" if note or unseen else "无。"
