"""Commands of those who look after a site: users, tokens, webhooks, audit, export, status.

May import `terminal`.
"""
