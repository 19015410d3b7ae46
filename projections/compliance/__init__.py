"""Compliance: every engagement judged by the guidelines that were in force on the day of each case."""
