"""Commands about clues: intake, list, show, do, evidence, bundles.

May import `terminal`.
"""
