"""The supervisors' watch: board, rates, overdue limits, crime warnings, supervision.

May import `reminders`, `lists` and the rooms below them.
"""
