"""Importing registers: a file, read by a profile, becomes rows, and rows become requests or faults."""
