"""Pages of administrators: calendar, departments, users, follow-ups, health, other systems.

May import everything below `pages`, and no page of another subject.
"""
