"""`plan`: the step that an action leads to, or every reason why not; whom a state waits for.

May import `rulebook` and every room below it.
"""
