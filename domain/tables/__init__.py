"""The database tables, by subject: data only, no relationships and no behaviour.

Imports nothing of ours.
"""
