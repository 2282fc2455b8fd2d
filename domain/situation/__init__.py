"""What a decision looks at, as one frozen value; who may act; forms read and reminders placed.

May import `shapes`, `calendar` and `limits`.
"""
