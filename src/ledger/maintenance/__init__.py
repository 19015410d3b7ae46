"""Whole ledgers: backup, restore, copy."""
