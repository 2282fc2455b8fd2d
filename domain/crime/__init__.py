"""Whether facts reach a criminal threshold: quantities, prior penalties and questions.

May import `shapes`, `calendar` and `situation`.
"""
