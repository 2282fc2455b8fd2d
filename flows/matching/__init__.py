"""What a site learns of its clues: how rare words are, what routing learnt, and candidates.

May import `site` and nothing else of the floor.
"""
