"""Steps 1 to 11 for the common case, a sound log: fast, parallel, and never wrong about what it accepts."""
