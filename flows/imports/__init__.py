"""Files and pushed work orders become clues: every good row, once; every bad one told.

May import `site`, `people` and `door`.
"""
