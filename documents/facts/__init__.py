"""A clue, case or referral becomes the facts that a template may use.

May import `values`.
"""
