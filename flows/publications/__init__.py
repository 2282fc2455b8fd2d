"""Publications: their versions, what one supersedes, and what everybody may read.

May import `door` and the rooms below it.
"""
