"""People: users, sign-in, and the clues that a person may see.

May import `site`.
"""
