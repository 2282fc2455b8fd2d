"""Pages of the rosters: subjects of inspection, officers and experts, and files of them.

May import everything below `pages`, and no page of another subject.
"""
