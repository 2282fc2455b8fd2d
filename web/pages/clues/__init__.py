"""Pages of those who handle clues: home, lists, a clue, its forms, imports, messages."""
