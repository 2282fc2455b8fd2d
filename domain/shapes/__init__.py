"""The shapes of `config/`: frozen records, read with the line on which each value stands.

Imports nothing of ours.
"""
