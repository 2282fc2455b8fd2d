"""The scripts that draw the shipped templates with python-docx: run by hand, never by the product.

May import the rooms `values`, `facts`, `templates`, `sheet` and
`drafting_penalties`.
"""
