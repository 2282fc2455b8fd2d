"""Inspections acted on: who goes, how often already, and what a released draw makes of them.

May import `draws` and the rooms below it.
"""
