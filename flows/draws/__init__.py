"""Draws: the frame that the rosters give, looked at before it is sealed.

May import `publications` and the rooms below it.
"""
