"""Drafts the shipped templates; from then on they are legal staff's, who edit them in Word."""
