"""What people type: the command `ledger`."""
