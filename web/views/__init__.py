"""What several pages show alike: rows of clues, a clue, a queue, a template.

May import `request` and `forms`.
"""
