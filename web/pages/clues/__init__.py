"""Pages of those who handle clues: home, lists, a clue, its forms, imports, messages.

May import everything below `pages`, and no page of another subject.
"""
