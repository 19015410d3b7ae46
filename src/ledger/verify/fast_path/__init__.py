"""Steps 2 to 11 for a sound log: fast, parallel, and sure of what it accepts."""
