"""Inspections: how often a subject was inspected, and the words of what an inspection asks.

May import `shapes`.
"""
