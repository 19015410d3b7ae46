"""Rows about the log in PostgreSQL: they need a server, and a store for it."""

from benchmarks.measuring import Work

ABSENT = ("no server",)
"""Why rows are not measured; said in their place."""
WORKS: tuple[Work, ...] = ()
