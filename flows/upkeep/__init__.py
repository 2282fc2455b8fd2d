"""What administrators keep: calendar, departments, templates; how the site does; the manual.

May import `afterwards` and the rooms below it.
"""
