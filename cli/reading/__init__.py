"""The verbs that read: lists and single things, as of a date and as known at a position."""
