"""The guards and conditions as an official reads them, by their subject.

May import nothing.
"""
