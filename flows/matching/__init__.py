"""What a site learns of its clues' words: how rare they are.

May import `site` and nothing else of the floor.
"""
