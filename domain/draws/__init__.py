"""Draws: a sealed frame, public numbers and a secret become a sample that anybody can replay.

May import `shapes`.
"""
