"""Word templates: their kinds and fields, the lint, and the engine that fills them.

May import `values`.
"""
