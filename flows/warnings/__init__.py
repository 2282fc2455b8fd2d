"""Risk warnings: what is counted, what is raised of it, how it is set, and what came of it.

May import `door` and the rooms below it.
"""
