"""Publications: their versions, what one supersedes, which hold, and what everybody may read.

May import `rosters` and the rooms below it.
"""
