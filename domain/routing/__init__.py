"""Routing: which matter a clue belongs to and which departments it goes to, with the reason.

May import `shapes` and `files`.
"""
