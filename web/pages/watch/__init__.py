"""Pages of supervisors: board, rates, overdue limits, warnings, supervision."""
