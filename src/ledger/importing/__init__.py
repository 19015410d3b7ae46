"""Importing registers: a file, read by a profile, becomes rows, and rows become requests, or say what is wrong with them."""
