"""Records for other platforms: what a field holds, and every reason why a record is none.

May import `domain.shapes`.
"""
