"""One site put together: settings, database, keys, calendar and departments in force, the event chain.

Imports no other room of this floor.
"""
