"""Prefect at work: the server of a site, crashed runs, and what all stage flows share.

May import `systems` and the rooms below it.
"""
