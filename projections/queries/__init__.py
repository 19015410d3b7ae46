"""Queries of the tables, at a date and as known at a position."""
