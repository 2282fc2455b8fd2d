"""The grammar of tags in a template: known names, a short list of constructs, blocks that close."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from jinja2 import TemplateSyntaxError, nodes

from documents.templates.engine import environment
from documents.templates.kinds import FormField
from documents.values.filters import FILTERS

_TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\xa0": " ", "\u3000": " "})
_STATEMENT = re.compile(r"\{%-?\s*((?:tr|p)\s+)?(\w+)\s*(.*?)-?%\}", re.DOTALL)
_LOOP_FACTS = ("index", "index0", "first", "last", "length")
_DEPTH = 3
_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem,
    nodes.Const, nodes.For, nodes.If, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Concat, nodes.Tuple, nodes.List,
)  # fmt: skip
_TESTS = frozenset({"defined", "none"})


@dataclass(frozen=True, slots=True)
class Block:
    """An open `for` or `if`: what it binds, what it asks, and the element it must close in."""

    word: str
    scope: str
    container: object
    tag: str
    names: Mapping[str, tuple[str, ...]]
    asked: frozenset[str]


class Grammar:
    """Follows the tags of one part in their order and says what is wrong with each."""

    def __init__(self, fields: Sequence[FormField]) -> None:
        self._fields = {field.name: field for field in fields}
        self._open: list[Block] = []

    def check(self, tag: str, container: object) -> Iterator[str]:
        """What is wrong with this tag; `container` is the element its block has to close in."""
        text = tag.translate(_TYPED)
        if text.startswith("{#"):
            return
        if text.startswith("{{"):
            yield from self._check_expression(text)
        elif match := _STATEMENT.fullmatch(text):
            scope, word, rest = (match[1] or "").strip(), match[2], match[3].strip()
            yield from self._check_statement(tag, (scope, word, rest), container)
        else:
            yield f"标记 {tag} 写法有误"

    def left_open(self, scope: str | None = None) -> Iterator[str]:
        """The blocks that nobody closed, all or those of a scope; they are forgotten with this."""
        for block in [item for item in self._open if scope is None or item.scope == scope]:
            self._open.remove(block)
            yield f"标记 {block.tag} 没有对应的 end{block.word}"

    def _check_statement(
        self, tag: str, parts: tuple[str, str, str], container: object
    ) -> Iterator[str]:
        scope, word, rest = parts
        if word in ("for", "if"):
            yield from self._open_block(tag, parts, container)
        elif word == "elif":
            yield from self._check_inside(tag, "if", scope)
            yield from self._parse(f"{{% if {rest} %}}{{% endif %}}", tag)[1]
        elif word == "else":
            yield from self._check_inside(tag, "", scope)
        elif word in ("endfor", "endif"):
            yield from self._close_block(tag, word.removeprefix("end"), scope, container)
        else:
            yield f"标记 {tag} 使用了不允许的语句“{word}”，只允许 for、if、elif、else"

    def _open_block(
        self, tag: str, parts: tuple[str, str, str], container: object
    ) -> Iterator[str]:
        scope, word, rest = parts
        tree, complaints = self._parse(f"{{% {word} {rest} %}}{{% end{word} %}}", tag)
        yield from complaints
        statement = tree.body[0] if tree is not None and tree.body else None
        names: dict[str, tuple[str, ...]] = {}
        asked: frozenset[str] = frozenset()
        if isinstance(statement, nodes.If):
            asked = _names(statement.test)
        if isinstance(statement, nodes.For):
            yield from self._check_loop(tag, statement)
            names = self._bound(statement)
        self._open.append(Block(word, scope, container, tag, names, asked))

    def _check_loop(self, tag: str, loop: nodes.For) -> Iterator[str]:
        if sum(block.word == "for" for block in self._open) >= _DEPTH:
            yield f"标记 {tag} 循环套了{_DEPTH}层以上"
        if loop.recursive or not isinstance(loop.target, nodes.Name):
            yield f"标记 {tag} 的循环写法不允许，应为 for 行 in 清单"
        if isinstance(loop.iter, nodes.Name):
            field = self._fields.get(loop.iter.name)
            if field is not None and field.type not in ("list", "rows"):
                yield f"标记 {tag} 中“{field.name}”不是清单，不能循环"
            elif field is not None and not field.required and field.name not in self._asked():
                yield f"选填的“{field.name}”可能没有，循环外请加 {{%p if {field.name} %}}"

    def _asked(self) -> frozenset[str]:
        return frozenset[str]().union(*(block.asked for block in self._open))

    def _bound(self, loop: nodes.For) -> dict[str, tuple[str, ...]]:
        """The loop's variable with the columns that its rows have."""
        source = loop.iter.name if isinstance(loop.iter, nodes.Name) else ""
        field = self._fields.get(source)
        columns = tuple(field.columns) if field is not None else ()
        target = loop.target.name if isinstance(loop.target, nodes.Name) else ""
        return {target: columns, "loop": _LOOP_FACTS}

    def _close_block(self, tag: str, word: str, scope: str, container: object) -> Iterator[str]:
        if not self._open or self._open[-1].word != word:
            yield f"标记 {tag} 没有对应的 {word}"
            return
        block = self._open.pop()
        if block.scope != scope or block.container is not container:
            yield f"标记 {tag} 与 {block.tag} 不在同一个表格、单元格或者段落内，或者写法不一致"

    def _check_inside(self, tag: str, word: str, scope: str) -> Iterator[str]:
        if not self._open or (word and self._open[-1].word != word):
            yield f"标记 {tag} 没有对应的 if"
        elif self._open[-1].scope != scope:
            yield f"标记 {tag} 与 {self._open[-1].tag} 写法不一致（tr、p 应当相同）"

    def _check_expression(self, text: str) -> Iterator[str]:
        tree, complaints = self._parse(text, text)
        yield from complaints
        if tree is None:
            return
        safe = (
            self._asked()
            | _defaulted(tree)
            | {name for test in tree.find_all(nodes.CondExpr) for name in _names(test.test)}
        )
        for name in sorted(_names(tree) - safe):
            field = self._fields.get(name)
            if field is not None and not field.required and not self._is_bound(name):
                yield f"选填的“{name}”缺少时会留空，请写成 {{{{ {name}|default('/') }}}}"

    def _is_bound(self, name: str) -> bool:
        return any(name in block.names for block in self._open)

    def _parse(self, source: str, tag: str) -> tuple[nodes.Template | None, list[str]]:
        try:
            tree = environment().parse(source)
        except TemplateSyntaxError:
            return None, [f"标记 {tag} 写法有误，请检查标点和空格"]
        bound = {name: columns for block in self._open for name, columns in block.names.items()}
        targets = {
            loop.target.name
            for loop in tree.find_all(nodes.For)
            if isinstance(loop.target, nodes.Name)
        }
        complaints = [
            f"标记 {tag} {message}"
            for node in _walk(tree)
            for message in self._check_node(node, bound, targets)
        ]
        return tree, complaints

    def _check_node(
        self, node: nodes.Node, bound: Mapping[str, tuple[str, ...]], targets: set[str]
    ) -> Iterator[str]:
        if not isinstance(node, _ALLOWED):
            yield f"使用了不允许的写法（{type(node).__name__}）"
        elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
            yield f"使用了未知的过滤器“{node.name}”，可用的有：{'、'.join(sorted(FILTERS))}"
        elif isinstance(node, nodes.Test) and node.name not in _TESTS:
            yield f"使用了不允许的判断“is {node.name}”"
        elif isinstance(node, nodes.Name):
            if (
                node.name not in bound
                and node.name not in self._fields
                and node.name not in targets
            ):
                yield f"中的“{node.name}”不是本文书的事实" + _nearest(
                    node.name, [*self._fields, *bound]
                )
        elif isinstance(node, nodes.Getattr | nodes.Getitem):
            yield from _check_column(node, bound)


def _check_column(
    node: nodes.Getattr | nodes.Getitem, bound: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    column = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
    row = node.node.name if isinstance(node.node, nodes.Name) else ""
    if row not in bound or not isinstance(column, str):
        yield f"不能读取“{column}”，只能读取循环中的一行的栏目"
    elif column not in bound[row]:
        yield f"中的“{row}”没有“{column}”一栏" + _nearest(column, bound[row])


def _nearest(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"，是否指“{near[0]}”？" if near else ""


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _names(node: nodes.Node) -> frozenset[str]:
    return frozenset(item.name for item in _walk(node) if isinstance(item, nodes.Name))


def _defaulted(tree: nodes.Node) -> frozenset[str]:
    defaults = [item for item in tree.find_all(nodes.Filter) if item.name in ("default", "tick")]
    return frozenset(name for item in defaults for name in _names(item))
