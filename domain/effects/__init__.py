"""What the actions of the lifecycle tables change besides the state."""
