"""The working calendar, by year, and what is known beyond the last year.

May import `shapes`.
"""
