"""What a site learns of its clues: rare words, lessons of routing, candidates, a party's record.

May import `site` and nothing else of the floor.
"""
