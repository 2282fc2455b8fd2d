"""Prefect at work: the server of a site, crashed runs, and what all stage flows share.

May import `afterwards` and the rooms below it.
"""
