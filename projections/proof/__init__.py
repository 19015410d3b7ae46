"""Provable reports: a folder with a report, the log behind it, and the definitions and program that check it."""
