"""Issued documents: the register, corrections, what went stale, genuineness, whole files.

May import `lists` and the rooms below it.
"""
