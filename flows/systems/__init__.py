"""Other systems: their tokens, the webhooks they are told by, and what changed since they asked.

May import `afterwards` and the rooms below it.
"""
