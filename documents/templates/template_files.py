"""Where the files of a template lie: in the site's folder where it has one, else in the shipped."""

from pathlib import Path

from domain.shapes.data_folders import data_folder

TEMPLATES = data_folder("templates")
SHIPPED = (TEMPLATES,)
Folders = tuple[Path, ...]
"""The folders of templates, the shipped one first; a later one's files come before its."""


def template_folders(site: Path | None) -> Folders:
    """The shipped folder, and that of a site's configuration where it has templates."""
    own = site / "templates" if site else None
    return (TEMPLATES, own) if own and own.is_dir() else SHIPPED


def part(kind: str, name: str, folders: Folders) -> Path:
    """A file of a template; where no folder has it, the place where the first should."""
    found = [folder / kind / name for folder in folders if (folder / kind / name).is_file()]
    return found[-1] if found else folders[0] / kind / name


def kinds_in(folders: Folders) -> list[str]:
    """The kinds that have a form in any of the folders."""
    return sorted({form.parent.name for one in folders for form in one.glob("*/form.yaml")})
