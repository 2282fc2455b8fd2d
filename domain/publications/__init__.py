"""Publications: what one version of a list, plan or text changes of the one before.

May import `shapes`.
"""
