"""One site put together: settings, database, keys, rules in force, and the event chain.

Imports no other room of this floor.
"""
