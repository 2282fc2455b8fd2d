"""Printed values: amounts in figures and capital characters, days, lists, QR codes.

Imports nothing of this floor.
"""
