"""Where the log is kept: append-only recorders, chosen by URL."""
