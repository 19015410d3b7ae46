"""Commands that create, fill, copy and restore ledgers, and those for manual pages and completion."""
