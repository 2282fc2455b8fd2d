"""The guards of undertakings that are drawn, or agreed and published.

May import the rooms up to `guards`.
"""
