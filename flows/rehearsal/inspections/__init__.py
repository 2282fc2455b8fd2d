"""The rehearsal's year of inspections: rosters, a draw, visits, what departments do together.

May import `stories` and what it may import.
"""
