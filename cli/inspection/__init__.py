"""Commands about inspections: rosters, draws.

May import `terminal`.
"""
