"""Looks at a list that nobody described: how it is written, what its columns hold, and a profile to read it with."""
