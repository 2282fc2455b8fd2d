"""The guards of a penalty from its notice to its end: hearing, service, payment, court, remedies.

May import the rooms up to `guards`.
"""
