"""What a person types: the `yisong` command."""
