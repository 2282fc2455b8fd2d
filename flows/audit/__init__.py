"""The record for an auditor: every event in words, and proof that nobody changed one.

May import `lists` and the rooms below it.
"""
