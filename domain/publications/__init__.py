"""Publications: rows of a file as rows of a list or plan; what a version changes of the last.

May import `files`, `shapes`.
"""
