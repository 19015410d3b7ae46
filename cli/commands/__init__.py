"""One module a command, `ledger VERB`."""
