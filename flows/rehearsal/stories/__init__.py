"""The stories: what people do with each kind of clue, told as turns.

May import the modules of `rehearsal` beside it that tell turns: `scene`, `beats`, `wording`.
"""
