"""The conditions that the lifecycle tables name; each returns the reason it stands in the way."""
