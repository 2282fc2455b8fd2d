"""Views that several pages share: rows of clues, a clue, a queue, a template.

May import `request` and `forms`.
"""
