"""Read models computed from the log itself, without tables."""
