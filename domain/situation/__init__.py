"""The situation a decision looks at, as one frozen value; rights to act, forms, reminders.

May import `shapes`, `calendar` and `limits`.
"""
