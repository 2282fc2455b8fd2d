"""Lists: worklists, queues, one clue or referral whole, registers and exports.

May import `systems` and the rooms below it.
"""
