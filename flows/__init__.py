"""The work: the one transaction door, and the Prefect flows of each stage."""
