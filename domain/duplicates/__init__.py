"""Duplicates: which clues may tell of the same matter, how sure that is, and why.

May import `files`.
"""
