"""The one door: `steps.perform` changes a clue in one transaction, or changes nothing.

May import `site` and `people`. No Prefect.
"""
