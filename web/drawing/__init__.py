"""Charts and flow charts as places and lengths: pure arithmetic, drawn by templates as SVG.

Imports no other room of this floor.
"""
