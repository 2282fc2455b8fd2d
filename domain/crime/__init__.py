"""Screening: whether facts reach a criminal threshold, by quantities, penalties and questions.

May import `shapes`, `calendar` and `situation`.
"""
