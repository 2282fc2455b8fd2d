"""Pages for everybody, without signing in: what departments published.

May import `web.views` and the rooms below it.
"""
