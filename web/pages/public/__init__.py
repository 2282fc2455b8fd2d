"""Pages for everybody, without signing in: what departments published."""
