"""Requests of pages: who asks and when, guards, errors, rendering, menu, words.

Imports no other room of this floor.
"""
