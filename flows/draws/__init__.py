"""Draws: the frame that the rosters give, looked at before it is sealed.

May import `rosters` and the rooms below it.
"""
