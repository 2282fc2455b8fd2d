"""Work after a commit: claimed, delivered, chased, written back, mailed. No Prefect.

The work of a follow-up is a function of office, job and moment. It may be repeated after a crash
and then does nothing twice; it answers `Later` where it is not due yet, and whatever it raises is
noted and tried again.

May import `site`, `people` and `door`.
"""
