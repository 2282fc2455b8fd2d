"""The pages for readers of the repository name only what is there: paths, commands, settings."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from cli.main import app
from flows.site.settings import Settings
from tests.house.commands_below import commands_below

ROOT = Path(__file__).parents[2]
PAGES = (
    *("README.md", "README.zh.md", "CONTRIBUTING.md", "SECURITY.md"),
    *("docs/architecture.md", "docs/api.md", "docs/glossary.md"),
)
PACKAGES = "cli|web|flows|documents|domain|config|templates|tests|docs"
BLOCK = re.compile(r"^\s*```.*?^\s*```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(rf"(?<![\w./-])(?:{PACKAGES})/[\w./-]*+(?!:\d)")
"""A path with a line number is quoted from a complaint about an example."""
DOTTED = re.compile(rf"(?<![\w./-])(?:{PACKAGES})(?:\.[a-z_]\w*)+")
FILE_NAME = re.compile(r"\b[a-z_]+\.py\b")
PLACEHOLDER = re.compile(r"\b(?:KIND|NAME|PROCESS|REGION)\b")
VALUES = {"--home", "--db"}


def _text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def _code(page: str) -> list[str]:
    """Everything set as code, in a line or in a block."""
    text = _text(page)
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    return [*CODE.findall(BLOCK.sub("", text)), *lines]


def _found(pattern: re.Pattern[str], page: str) -> set[str]:
    return {one for code in _code(page) for one in pattern.findall(code)}


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_a_page_names_is_there(page: str) -> None:
    named = {one.rstrip(".") for one in _found(PATH, page)}

    missing = [one for one in sorted(named) if not any(ROOT.glob(PLACEHOLDER.sub("*", one)))]
    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_every_module_and_function_that_a_page_names_is_there(page: str) -> None:
    files = {path.name for path in ROOT.glob("[a-z]*/**/*.py")}

    dotted = {one for one in _found(DOTTED, page) if not one.endswith((".md", ".py", ".yaml"))}
    assert [one for one in sorted(dotted) if not _is_there(one)] == []
    assert _found(FILE_NAME, page) - files == set()


def _is_there(dotted: str) -> bool:
    """Whether it is a module, or a name in one."""
    path = ROOT / dotted.replace(".", "/")
    if path.is_dir() or path.with_suffix(".py").is_file():
        return True
    module, _, name = dotted.rpartition(".")
    is_module = (ROOT / module.replace(".", "/")).with_suffix(".py").is_file()
    return is_module and hasattr(importlib.import_module(module), name)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    broken = []
    for link in LINK.findall(_text(page)):
        target, _, heading = link.partition("#")
        file = (ROOT / page).parent / target if target else ROOT / page
        if "://" in link or (file.exists() and (not heading or heading in _headings(file))):
            continue
        broken.append(link)

    assert broken == []


def _headings(file: Path) -> set[str]:
    """The headings of a page as addresses name them."""
    found = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in found}


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_that_a_page_names_is_one(page: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", _text("Makefile"), re.MULTILINE))

    assert _found(re.compile(r"^\s*make ([a-z-]+)"), page) - targets == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_a_page_names_is_one_with_these_options(page: str) -> None:
    wrong = [" ".join(words) for words in _commands(page) if not _is_known(words)]

    assert wrong == []


def _commands(page: str) -> Iterator[list[str]]:
    """The words after `yisong`, as far as the comment; those before a placeholder are enough."""
    for code in _code(page):
        for line in re.findall(r"(?:^|[\s/])yisong ([^#;]+)", code):
            yield line.split()


def _is_known(words: list[str]) -> bool:
    """Whether these words lead to a command, and every option among them is one of its own."""
    command, above = typer.main.get_command(app), {"--help"}
    skip = False
    for word in words:
        children = commands_below(command)
        own = {name for one in command.params for name in one.opts}
        if skip or (word.isupper() and children):
            skip = False
        elif word.startswith("--"):
            if word.partition("=")[0] not in own | above:
                return False
            skip = word in VALUES
        elif children:
            if word not in children:
                return False
            command, above = children[word], above | own
    return True


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_a_page_names_is_there(page: str) -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/test_*.py"))
    files = {path.stem for path in ROOT.glob("tests/**/test_*.py")}

    named = _found(re.compile(r"\btest_\w+"), page)
    assert [one for one in named - files if f"def {one}(" not in tests] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_setting_that_a_page_names_is_read(page: str) -> None:
    known = {f"YISONG_{name.upper()}" for name in Settings.model_fields}

    assert _found(re.compile(r"\bYISONG_[A-Z_]*[A-Z]"), page) - known == set()


def test_every_proof_that_the_security_page_names_is_there() -> None:
    """Its tables of the trials name tests from their own folder on."""
    named = {one for one in CODE.findall(_text("docs/security.md")) if one.endswith(".py")}

    missing = [
        one
        for one in sorted(named)
        if not ((ROOT / one).is_file() or (ROOT / "tests" / one).is_file())
    ]
    assert named
    assert missing == []
