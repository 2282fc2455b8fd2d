"""Compiled Word templates: facts in, the bytes of a document out, no XML parsed on the way.

Only the parts that hold tags are rendered and deflated; all others are copied as the bytes they
already are. Equal facts make equal bytes.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from documents.templates.markup import BadMarkup, may_hold_tags, to_source
from documents.templates.package import (
    QUICK,
    Member,
    pack_member,
    read_members,
    store_member,
    write_package,
)
from documents.templates.pictures import described_pictures
from documents.values.filters import FILTERS, printed

SHORT = 1_024
"""Bytes: a part that is no longer is kept as it is."""
_LOOP_FACTS = frozenset({"index", "index0", "first", "last", "length"})


class MissingFact(LookupError):
    """A fact that the template names and the facts lack; `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(f"文书缺少事实“{name}”")
        self.name = name


class BadTemplate(ValueError):
    """The Word file cannot serve as a template; the message says where and why."""


class _Missing(StrictUndefined):
    """An absent fact: may be tested for and defaulted, refuses to be printed."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[Exception] = MissingFact,
    ) -> None:
        super().__init__(hint, obj, name, MissingFact)  # type: ignore[arg-type]

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Facts are values and rows of values: nothing else can be reached from a template."""

    def getattr(self, obj: object, attribute: str) -> object:
        # A dictionary, as almost always, is known without asking what is like one.
        if type(obj) is dict or isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in _LOOP_FACTS:
            return getattr(obj, attribute)
        if isinstance(obj, Undefined):
            return getattr(obj, attribute)
        raise SecurityError(f"模板不能读取“{attribute}”")

    def getitem(self, obj: object, argument: object) -> object:
        return self.getattr(obj, str(argument))

    def call(self, *args: object, **kwargs: object) -> object:
        raise SecurityError("模板不能调用函数")


@lru_cache(maxsize=1)
def environment() -> _Sandbox:
    """The one Jinja2 environment of all templates: sandboxed, escaping, strict."""
    # `printed` escapes whatever is printed; for Jinja2 to do it again would take a third longer.
    sandbox = _Sandbox(
        autoescape=False, undefined=_Missing, finalize=printed, keep_trailing_newline=True
    )
    # Jinja2's own filters and globals reach further than facts (`attr`, `map`, `range` …).
    sandbox.filters.clear()
    sandbox.filters.update(FILTERS)
    sandbox.globals.clear()
    return sandbox


class CompiledTemplate:
    """A Word file compiled once, to be rendered from any number of threads.

    Raises NotAWordFile for other bytes and BadTemplate for tags that cannot be carried out.
    """

    def __init__(self, raw: bytes) -> None:
        contents, members = read_members(raw)
        self.pictures = described_pictures(contents)
        """The members of `render`'s `replace`, by the pictures' alternative texts."""
        self._parts: list[Member | tuple[str, Template]] = []
        for name, member in members.items():
            compiled = _compile(name, contents[name]) if may_hold_tags(name) else None
            self._parts.append(member if compiled is None else (name, compiled))
        self._with_tags = [one for one in self._parts if isinstance(one, tuple)]
        self._places = {
            one[0] if isinstance(one, tuple) else one.name: place
            for place, one in enumerate(self._parts)
        }

    def render(
        self, context: Mapping[str, object], replace: Mapping[str, bytes] | None = None
    ) -> bytes:
        """The finished document; a fact the template names but `context` lacks is `MissingFact`.

        `replace` exchanges whole members of the package, a picture for example.
        """
        return self.packed(self.texts(context), replace or {})

    def texts(self, context: Mapping[str, object]) -> dict[str, bytes]:
        """The parts that hold tags as they read with these facts, by name."""
        facts = dict(context)
        return {name: _rendered(template, facts).encode() for name, template in self._with_tags}

    def packed(self, texts: Mapping[str, bytes], replace: Mapping[str, bytes]) -> bytes:
        """The finished document of its texts."""
        members: list[Any] = self._parts.copy()
        for name, content in texts.items():
            members[self._places[name]] = pack_member(name, content, QUICK)
        for name, content in replace.items():
            if (place := self._places.get(name)) is not None and name not in texts:
                members[place] = _packed(name, content)
        return write_package(members)


def _compile(name: str, content: bytes) -> Template | None:
    try:
        source = to_source(content)
        return environment().from_string(source.text) if source.tags else None
    except (BadMarkup, SyntaxError) as error:
        raise BadTemplate(f"{name}：{error}") from error
    except TemplateSyntaxError as error:
        raise BadTemplate(f"{name}：标记写法有误：{error.message}") from error


def _rendered(template: Template, facts: dict[str, object]) -> str:
    # As Jinja2 does it, which would copy all facts twice more; a template changes none of them.
    return "".join(template.root_render_func(template.new_context(facts, shared=True)))


def _packed(name: str, content: bytes) -> Member:
    # To begin deflating costs more than the little that a short part has to gain.
    is_dense = name.endswith(".png") or len(content) < SHORT
    return store_member(name, content) if is_dense else pack_member(name, content, QUICK)
