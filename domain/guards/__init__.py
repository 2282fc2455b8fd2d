"""The conditions that the lifecycle tables name: each returns the reason why not, or nothing.

May import `shapes` to `crime`.
"""
