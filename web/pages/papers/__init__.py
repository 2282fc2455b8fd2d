"""Pages of documents: the register, one paper, templates, stale ones, genuineness."""
