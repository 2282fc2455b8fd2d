"""The guards of what goes on beside a case: its goods, their owner, and who looks into its file.

May import the rooms up to `guards`.
"""
