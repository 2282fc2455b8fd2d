"""Files and pushed work orders become clues: every good row, once; every bad one told.

May import `door` and the rooms below it.
"""
