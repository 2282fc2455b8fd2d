"""Decisions: what law and rulebook say, as pure rules, and the tables that hold the record."""
