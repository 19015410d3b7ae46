"""What is read from the log itself, without tables."""
