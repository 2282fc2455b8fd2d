"""What a site learns of its clues: how rare words are, what routing learnt, candidates, a party's record.

May import `site` and nothing else of the floor.
"""
