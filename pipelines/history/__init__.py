"""Versions, changes, differences: what the archive answers. Asks over a connection it is given."""
