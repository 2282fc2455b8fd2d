"""Upkeep by administrators: calendar, departments, templates, health, the manual.

May import `reminders`, `lists` and the rooms below them.
"""
