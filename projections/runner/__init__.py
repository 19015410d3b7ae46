"""Keeping the tables up with the log: follow, rebuild, compare; and where they are."""
