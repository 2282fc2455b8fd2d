"""Reminders and daily tasks: ladders climbed, clocks computed again.

May import `systems` and the rooms below it.
"""
