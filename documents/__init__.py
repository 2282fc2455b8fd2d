"""Documents: facts of a clue become official papers."""
