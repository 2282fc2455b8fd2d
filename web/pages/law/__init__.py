"""Pages of the rulebook: limits, articles, offences, lifecycles, screening."""
