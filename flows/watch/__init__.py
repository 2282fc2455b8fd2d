"""What supervisors watch: the board, rates, overdue limits, crime warnings, supervision.

May import `reminders`, `lists` and the rooms below them.
"""
