"""Commands about the rulebook: check, rules, due.

May import `terminal`.
"""
