"""The house rules that a program can check."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = [room for room in ("domain", "documents", "flows", "web", "cli") if (ROOT / room).is_dir()]
MOST_LINES = 400
MOST_MODULES = 25
STARTERS = {"schedule", "deployments", "drains"}
"""What starts the flows of the stages, and is none itself."""


def _files(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def _fresh(code: str) -> str:
    """What a new interpreter prints."""
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return found.stdout.strip()


def test_imports_go_one_way() -> None:
    lint = Path(sys.executable).with_name("lint-imports")

    found = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert found.returncode == 0, found.stdout


def test_a_click_never_loads_prefect() -> None:
    clicked = (
        "flows.door.steps",
        "flows.site.store",
        "flows.door.possible_actions",
        "flows.lists.clue_sheet",
    )
    names = _fresh(f"import sys, {', '.join(clicked)}; print(*sys.modules)").split()

    assert set(clicked) <= set(names)
    assert not [one for one in names if one.partition(".")[0] == "prefect"]


def test_decisions_need_neither_network_nor_screen() -> None:
    names = _fresh(
        "import sys, domain.lifecycle.plan, domain.rulebook.rulebook_reading; print(*sys.modules)"
    ).split()

    heavy = {"prefect", "fastapi", "typer", "docx", "httpx", "apscheduler"}
    assert heavy.isdisjoint(one.partition(".")[0] for one in names)


def test_no_file_is_too_long_to_read() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in _files(*ROOMS)
        if "migrations" not in path.parts
        and (lines := path.read_text(encoding="utf-8").count("\n")) > MOST_LINES
    }

    assert long == {}


def _rooms() -> list[Path]:
    return [path.parent for path in _files(*ROOMS) if path.name == "__init__.py"]


def test_every_room_says_what_lies_inside_and_what_it_may_import() -> None:
    for room in _rooms():
        if "migrations" in room.parts:
            continue
        told = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
        assert told, room
        first, *rest = told.splitlines()
        assert first.endswith((".", ":")), room
        if room.parent != ROOT:
            assert re.search(r"[Ii]mport", " ".join(rest)), f"{room} does not say what it imports"


def test_no_room_is_crowded() -> None:
    tests = [path for path in (ROOT / "tests").rglob("*") if path.is_dir()]
    crowded = {
        str(room.relative_to(ROOT)): count
        for room in [*_rooms(), *tests]
        if "migrations" not in room.parts
        and (count := sum(1 for one in room.glob("*.py") if one.name != "__init__.py"))
        > MOST_MODULES
    }

    assert crowded == {}


def test_on_top_of_the_flows_lies_the_life_of_a_clue_and_nothing_else() -> None:
    """Whatever is no Prefect flow of a stage, nor starts them, belongs into a room beneath."""
    on_top = {path.stem for path in (ROOT / "flows").glob("*.py")} - {"__init__"}

    loaded = _fresh(
        "import sys, importlib\n"
        f"for name in {sorted(on_top)}: importlib.import_module('flows.' + name)\n"
        "print(*(n for n in "
        f"{sorted(on_top)} if 'flow' in vars(sys.modules['flows.' + n])))"
    ).split()

    assert set(loaded) | STARTERS == on_top


def test_one_module_knows_where_files_lie() -> None:
    """Whoever counts the folders above himself finds nothing once installed or moved."""
    counting = [path for path in _files(*ROOMS) if "__file__" in path.read_text(encoding="utf-8")]

    assert counting == []


def test_tables_hold_data_only() -> None:
    for path in _files("domain/tables"):
        text = path.read_text(encoding="utf-8")
        assert "Relationship" not in text, path
        assert "from __future__ import annotations" not in text, path


def test_rooms_open_no_doors_of_their_own() -> None:
    """An `__init__` that imports would load a whole room for every click."""
    for path in _files(*ROOMS):
        if path.name == "__init__.py":
            body = ast.parse(path.read_text(encoding="utf-8")).body
            assert all(isinstance(one, ast.Expr) for one in body), path


def test_nobody_below_the_flows_looks_at_the_clock_on_the_wall() -> None:
    for path in _files("domain", "documents"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}:
                owner = node.value
                named = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                assert named not in {"datetime", "date"}, f"{path}:{node.lineno}"


def test_nobody_swallows_every_error() -> None:
    for path in _files(*ROOMS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                name = node.type.id if isinstance(node.type, ast.Name) else ""
                bare = node.type is None or name in {"Exception", "BaseException"}
                raised = any(isinstance(one, ast.Raise) for one in ast.walk(node))
                assert not bare or raised, f"{path}:{node.lineno}"


def test_no_two_modules_need_each_other() -> None:
    """Not even by a type alone: whoever reads one of a circle has to read them all."""
    needs = {_module(path): _needed(path) for path in _files(*ROOMS)}

    left = dict(needs)
    while free := [name for name, needed in left.items() if not needed & set(left)]:
        for name in free:
            del left[name]

    assert set(left) == set()


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _needed(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it: `from a import b` may name two."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found - {_module(path)}
