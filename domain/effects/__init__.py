"""Effects: what an action changes beyond its state, by the names of the lifecycle tables.

May import `shapes` to `crime`.
"""
