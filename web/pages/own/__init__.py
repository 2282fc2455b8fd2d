"""Pages of whoever is signed in: account, sign-in, help.

May import everything below `pages`, and no page of another subject.
"""
