"""Papers put together to be printed: those that were chosen, and the volumes of a file.

May import `papers`, `watch`, `upkeep`, `audit`, `rosters` and the rooms below them.
"""
