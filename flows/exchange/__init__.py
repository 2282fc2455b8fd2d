"""Data for other platforms: inspections, results, plans and 失信信息 of some days, checked.

May import `flows.rosters` and what lies below it.
"""
