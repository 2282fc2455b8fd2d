"""Pages of documents: the register, one paper, templates, stale ones, genuineness.

May import everything below `pages`, and no page of another subject.
"""
