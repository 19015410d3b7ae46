"""The version of the tables, which is read without them."""

VERSION = 10
"""Raise it with every change to the tables or their content: projections of another version are rebuilt."""
