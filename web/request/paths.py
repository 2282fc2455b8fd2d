"""Paths of the workbench's own files."""

from domain.shapes.data_folders import room_folder

STATIC = room_folder("web", "static")
TEMPLATES = room_folder("web", "templates")
