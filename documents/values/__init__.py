"""Printed values: amounts in figures and capital characters, days, lists, verification codes.

Imports nothing of this floor.
"""
