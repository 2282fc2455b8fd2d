"""Whether the files that a site lays over the shipped configuration are ones that anybody reads."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from pathlib import Path

from domain.shapes.yaml_layers import shown
from domain.shapes.yaml_source import Problem

FOLDERS = ("calendar", "checklists", "lifecycles", "mappings", "regions")
"""The folders in which a site may have files of its own names."""
OF_TEMPLATES = "templates"


def strange_files(roots: tuple[Path, ...], known: Collection[str]) -> list[Problem]:
    """Files of the layers above the first that nothing reads: most likely misnamed.

    `known`: the files that are read, each by its place in a layer.
    """
    return [problem for root in roots[1:] for problem in _strange(root, roots, known)]


def _strange(root: Path, roots: tuple[Path, ...], known: Collection[str]) -> Iterable[Problem]:
    for path in sorted(root.rglob("*.y*ml")):
        inside = path.relative_to(root)
        if inside.parts[0] == OF_TEMPLATES or path.name.startswith("."):
            continue
        folder = "/".join(inside.parts[:-1])
        if path.suffix == ".yaml" and (str(inside) in known if not folder else folder in FOLDERS):
            continue
        near = get_close_matches(f"{path.stem}.yaml", known, n=1, cutoff=0.7)
        meant = f"，是否应为 {near[0]}？" if near and not folder else ""
        told = f"没有这个名称的配置文件，不会读取{meant}"
        yield Problem(shown(path, root, roots), 1, told)
