"""The scripts that draw the templates of measures, penalties, service and remedies.

May import the rooms `values`, `facts`, `templates` and `sheet`.
"""
