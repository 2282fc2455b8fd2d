"""Rosters: files laid over them row by row, adjustments on record, and what people read of them.

May import `imports`, `people` and `site`.
"""
