"""Due moments: start, rule, pauses and extensions in; moment, light and reasons out.

The entrance is `due_moment.compute`; `limit.limit_in_force` makes a limit of a rule and a day.
May import `shapes` and `calendar`.
"""
