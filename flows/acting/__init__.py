"""Acting: a person's step with all that the program works out of it, whatever it is of.

May import `draws`, `publications` and the rooms below them.
"""
