"""Pages of what departments undertake without a clue: circulars.

May import everything below `pages`, and no page of another subject.
"""
