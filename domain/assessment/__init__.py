"""The yearly assessment: what is counted, and the same rows by matter, department, county or plan.

May import `domain.shapes`.
"""
