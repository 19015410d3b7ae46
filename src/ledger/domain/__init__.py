"""The domain: events and commands, and the rules that they follow. It imports no other package of the ledger."""
