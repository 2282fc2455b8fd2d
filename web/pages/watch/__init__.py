"""Pages of supervisors: board, rates, overdue limits, warnings, supervision.

May import everything below `pages`, and no page of another subject.
"""
