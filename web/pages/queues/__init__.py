"""Pages of those who approve and answer: principals, legal review, referrals."""
