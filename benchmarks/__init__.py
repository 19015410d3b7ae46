"""Speed of the ledger, compared with the same work done raw in the same run, and with other programs."""
