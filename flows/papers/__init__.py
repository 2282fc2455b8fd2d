"""Issued documents: the register, corrections, what went stale, genuineness, whole files.

May import `reminders`, `lists`, `imports`, `running` and the rooms below them.
"""
