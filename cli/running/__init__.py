"""Commands that run: demo, serve, run, deploy.

May import `terminal`.
"""
