"""Risk warnings: what in the reports of the last weeks stands out, counted, with the sum in words.

Pure counting of what was reported; nothing here judges an enterprise. May import `shapes`.
"""
