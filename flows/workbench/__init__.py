"""What a person reads at his work beside the lists: context, related clues, findings, loads.

May import `lists` and the rooms below it.
"""
