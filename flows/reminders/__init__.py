"""What falls due by itself: ladders climbed, clocks computed again, the daily tasks.

May import `systems` and the rooms below it.
"""
