"""How a register's columns map to the ledger: the profiles that come with it, and their checks."""
