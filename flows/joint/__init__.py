"""Joint proceedings: a department's case bound to those of others, told of them, and its evidence.

May import `flows.papers` and what lies below it.
"""
