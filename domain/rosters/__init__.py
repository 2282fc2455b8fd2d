"""Rosters: rows of a file become subjects, officers and experts, or reasons why not.

May import `files`, `shapes`.
"""
