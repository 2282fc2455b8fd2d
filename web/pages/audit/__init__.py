"""Pages of auditors: events, the chain's check, who looked at what.

May import everything below `pages`, and no page of another subject.
"""
