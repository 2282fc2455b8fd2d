"""The life of clues played by scripted people: stories, a movable clock, the demonstration.

May import every room of this floor, and no stage flow.
"""
