"""Printed values: amounts in figures and capital characters, days, lists.

Imports nothing of this floor.
"""
