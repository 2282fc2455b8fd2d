"""Pages of auditors: events, the chain's check, who looked at what."""
