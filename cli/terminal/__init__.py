"""The terminal: options, who acts, Chinese help, refusals and tables of all commands.

Imports no other room of this floor.
"""
