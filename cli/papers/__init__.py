"""Commands about documents and templates.

May import `terminal`.
"""
