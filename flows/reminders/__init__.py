"""What falls due by itself: ladders climbed, clocks computed again, the daily tasks.

May import `systems`, `afterwards` and the rooms below them.
"""
