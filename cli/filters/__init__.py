"""Typed columns of lists, and the filters and orders that people write about them."""
