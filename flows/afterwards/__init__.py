"""What a commit leaves to be done: claimed, delivered, chased, written back, mailed. No Prefect.

May import `site`, `people` and `door`.
"""
