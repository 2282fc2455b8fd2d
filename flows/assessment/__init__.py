"""The yearly assessment: the rows of a year read, shown by line, taken away, drawn up as a report.

May import `flows.warnings` and what lies below it.
"""
