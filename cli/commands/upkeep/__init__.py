"""Making, filling and moving a ledger, and the pages of the program itself."""
