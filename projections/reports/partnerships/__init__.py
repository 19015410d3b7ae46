"""The report on partnership agreements of a year."""
