"""Where the workbench's own files lie."""

from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"
TEMPLATES = Path(__file__).parents[1] / "templates"
