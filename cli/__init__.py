"""The `yisong` command."""
