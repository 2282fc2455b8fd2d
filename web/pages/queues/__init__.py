"""Pages of those who approve and answer: principals, legal review, referrals.

May import everything below `pages`, and no page of another subject.
"""
