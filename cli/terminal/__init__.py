"""What all commands share: options, who acts, Chinese help, refusals, tables on a terminal.

Imports no other room of this floor.
"""
