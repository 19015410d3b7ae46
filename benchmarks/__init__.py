"""How fast the ledger is, beside the same work done raw in the same run, and beside other programs."""
