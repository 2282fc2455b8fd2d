"""Pages of the rulebook: limits, articles, offences, lifecycles, screening.

May import everything below `pages`, and no page of another subject.
"""
