"""What administrators keep: calendar, departments, templates; how the site does; the manual.

May import `reminders`, `lists` and the rooms below them.
"""
