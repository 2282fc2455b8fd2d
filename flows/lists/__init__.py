"""What people read: worklists, queues, one clue or referral whole, registers and exports.

May import `afterwards` and the rooms below it.
"""
