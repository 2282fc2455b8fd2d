"""The interface for other systems, `/api/v1`: an application of its own beside the pages.

Who calls shows a token (`caller`), never a session; every fault is a problem in Chinese
(`problems`); what is asked and answered are the records of `models`. May import `request`, and
no page.
"""
