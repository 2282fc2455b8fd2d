"""A platform's file becomes rows, and a row becomes a clue or every complaint about it.

May import `shapes`.
"""
