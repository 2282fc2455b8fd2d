"""Rows as a step reads and writes them: statements made once, handed to the database's driver.

Imports no other room of this floor.
"""
