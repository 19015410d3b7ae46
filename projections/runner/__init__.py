"""Keeping the tables up to date with the log: following, rebuilding, verifying, and choosing their place."""
