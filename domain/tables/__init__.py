"""The tables, by subject: they hold data and decide nothing."""
