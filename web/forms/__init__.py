"""Forms as browsers show and send them: choices, suggestions, reading.

May import `request`.
"""
