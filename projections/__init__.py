"""What the log adds up to: tables derived from it alone, queries as of a date and as known at a position, reports."""
