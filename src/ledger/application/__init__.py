"""The ledger as an application: commands come in, a transaction decides, entries are appended."""
