"""Questions to the rulebook: who cites an article, when a limit is due, what needs checking.

May import `lifecycle` and every room below it.
"""
