"""The commands `ledger VERB`, one module each."""
