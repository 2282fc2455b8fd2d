"""Finished documents: shelf, bundles, PDF, HTML, tables, and the gallery of all kinds.

May import `values`, `templates` and `facts`.
"""
