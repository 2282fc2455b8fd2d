"""Pages of administrators: calendar, departments, users, follow-ups, health, other systems."""
