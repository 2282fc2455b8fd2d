"""The workbench in the browser: it shows, and asks the one door to do."""
