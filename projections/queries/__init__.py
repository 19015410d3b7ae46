"""Questions to the tables, as of a date and as known at a position."""
