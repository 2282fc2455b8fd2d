"""What every page needs: who asks and when, guards, errors, rendering, menu, words.

Imports no other room of this floor.
"""
