"""The history of the tables, a script for each step.

A step imports nothing of ours: it stays as it was when the rest moves on.
"""
