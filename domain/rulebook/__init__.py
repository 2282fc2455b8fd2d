"""The rulebook: all of `config/` as one frozen, cross-checked value, and how its law is quoted.

May import every room below: `shapes` to `effects`.
"""
