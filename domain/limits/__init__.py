"""When a time limit is due: start, rule, pauses and extensions in; moment, light and reasons out.

May import `shapes` and `calendar`.
"""
